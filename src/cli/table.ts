import { sharpnessPhrase } from '../claims/index.js';
import type { Terminal } from './terminal.js';
import type { Comparison } from './expectations.js';

const COLOURS = {
  survived: 'green',
  witnessed: 'green',
  reproduced: 'green',
  refuted: 'red',
  'not-reproduced': 'red',
  inconclusive: 'gray',
  vacuous: 'gray',
} as const;

/** The verdict table: one block per claim, one line per reading, surprises marked. */
export function verdictTable(comparisons: readonly Comparison[], terminal: Terminal): string[] {
  const lines: string[] = [];
  const width = Math.max(7, ...comparisons.map((c) => c.outcome.reading.length));
  let claim = '';
  for (const { outcome, surprises } of comparisons) {
    if (outcome.claim !== claim) {
      claim = outcome.claim;
      if (lines.length > 0) lines.push('');
      const catalogue = outcome.catalogue === null ? '' : `${outcome.catalogue}  `;
      lines.push(
        `${terminal.style('bold', `${catalogue}${outcome.title}`)}  ${terminal.style('dim', claim)}`,
      );
    }
    const mark = surprises.length > 0 ? terminal.style('yellow', '!') : ' ';
    const verdict = terminal.style(COLOURS[outcome.verdict], outcome.verdict.padEnd(14));
    const indent = width + 21;
    const [first, ...rest] = wrapped(strength(outcome), terminal.columns - indent);
    lines.push(` ${mark} ${outcome.reading.padEnd(width)}  ${verdict}  ${first}`);
    lines.push(...rest.map((line) => ' '.repeat(indent) + line));
  }
  return lines;
}

/** The text in lines of at most `columns` characters, broken at spaces; never narrower than 30. */
export function wrapped(text: string, columns: number): string[] {
  const most = Math.max(30, columns);
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= most) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Whether a certified refutation has no certificate that the independent checker accepted. */
function isUnchecked({ grade, counterexamples }: Comparison['outcome']): boolean {
  return grade === 'certified' && !counterexamples.some(({ checked }) => checked === true);
}

/** What the verdict rests on, in a few words. */
export function strength(outcome: Comparison['outcome']): string {
  const { trials, controls, grade, verdict } = outcome;
  const killed = controls.filter((control) => control.killed).length;
  const parts: string[] = [];
  if (grade !== null)
    parts.push(isUnchecked(outcome) ? `${grade}, not independently checked` : grade);
  // Of a refutation it is the grade that counts; how the other trials were decided is noise.
  const how = grade === null && outcome.decidedBy !== null ? ` (${outcome.decidedBy})` : '';
  parts.push(`${trials.effective} trials${how}`);
  if (outcome.trialsCut > 0) {
    parts.push(`--budget cut ${outcome.trialsCut} of ${outcome.trialsPlanned}`);
  }
  if (trials.violated > 0) parts.push(`${trials.violated} violated`);
  if (trials.discarded > 0) parts.push(`${trials.discarded} discarded`);
  if (trials.gaveUp > 0) parts.push(`${trials.gaveUp} gave up`);
  if (
    verdict === 'survived' &&
    outcome.kind === 'universal' &&
    outcome.violationRateUpper !== null
  ) {
    parts.push(`violation rate ≤ ${outcome.violationRateUpper.toPrecision(2)}`);
  }
  if (verdict === 'survived' && outcome.impliedConstants !== null) {
    parts.push(
      Object.entries(outcome.impliedConstants)
        .map(([name, value]) => `${name} ${value.toPrecision(2)}`)
        .join(', '),
    );
  }
  const { evidence } = outcome;
  if (evidence !== undefined) {
    const runs = `${evidence.runs} run${evidence.runs === 1 ? '' : 's'}`;
    parts.push(`ledger ${evidence.trials.effective} trials in ${runs}`);
  }
  const sharpness = verdict === 'survived' ? sharpnessPhrase(outcome.sharpness) : null;
  if (sharpness !== null) parts.push(sharpness);
  parts.push(`controls ${killed}/${controls.length}`);
  const [first] = outcome.counterexamples;
  if (first) parts.push(`counterexample ${first.id}`);
  if (verdict === 'inconclusive' || verdict === 'vacuous') parts.push(outcome.reason);
  return parts.join(' · ');
}

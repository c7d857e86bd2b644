import { growthLines, growthPhrase, sharpnessPhrase } from '../claims/index.js';
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

/** A line of a table, and how far the terminal indents what does not fit into it. */
export interface TableLine {
  readonly line: string;
  readonly hang: number;
}

/** The verdict table: one block per claim, one line per reading, surprises marked. */
export function verdictTable(comparisons: readonly Comparison[], terminal: Terminal): TableLine[] {
  const lines: TableLine[] = [];
  const width = Math.max(7, ...comparisons.map((c) => c.outcome.reading.length));
  let claim = '';
  for (const { outcome, surprises } of comparisons) {
    if (outcome.claim !== claim) {
      claim = outcome.claim;
      if (lines.length > 0) lines.push({ line: '', hang: 0 });
      const catalogue = outcome.catalogue === null ? '' : `${outcome.catalogue}  `;
      const heading = terminal.style('bold', `${catalogue}${outcome.title}`);
      lines.push({ line: `${heading}  ${terminal.style('dim', claim)}`, hang: 4 });
    }
    const mark = surprises.length > 0 ? terminal.style('yellow', '!') : ' ';
    const verdict = terminal.style(COLOURS[outcome.verdict], outcome.verdict.padEnd(14));
    const indent = width + 21;
    const lead = ` ${mark} ${outcome.reading.padEnd(width)}  ${verdict}`;
    const rest = strength(outcome);
    // Where little is left beside the verdict, its strength stands below.
    lines.push(
      ...(terminal.columns - indent < LEAST_WIDTH
        ? [
            { line: lead, hang: 4 },
            { line: `    ${rest}`, hang: 4 },
          ]
        : [{ line: `${lead}  ${rest}`, hang: indent }]),
    );
    for (const text of growth(outcome)) {
      const hang = Math.min(indent, 4);
      lines.push({ line: ' '.repeat(hang) + terminal.style('dim', text), hang: hang + 4 });
    }
  }
  return lines;
}

/** Columns that a strength needs beside a verdict. */
const LEAST_WIDTH = 40;

/** The exponents that decide, with their limits and the growth that they exclude; a family refutes without any. */
function growth(outcome: Comparison['outcome']): string[] {
  if (outcome.verdict === 'refuted' && outcome.grade !== 'statistical') return [];
  return growthLines(decidingFigures(outcome))
    .filter(({ needed }) => needed !== null)
    .map(growthPhrase);
}

/** The figures that the verdict rests on: those of the ledger where it decides. */
function decidingFigures({ evidence, ...own }: Comparison['outcome']) {
  return evidence?.decides === true ? evidence : own;
}

/** Whether a certified refutation has no certificate that the independent checker accepted. */
function isUnchecked({ grade, counterexamples }: Comparison['outcome']): boolean {
  return grade === 'certified' && !counterexamples.some(({ checked }) => checked === true);
}

function ledgerCounts({ runs, trials }: NonNullable<Comparison['outcome']['evidence']>): string {
  const violated = trials.violated === 0 ? '' : `, ${trials.violated} violated`;
  return `ledger ${trials.effective} trials in ${runs} run${runs === 1 ? '' : 's'}${violated}`;
}

/** Violated trials, and that they contradict no survival of a claim that admits some. */
function violations({ trials, kind, verdict }: Comparison['outcome']): string {
  const admitted = verdict === 'survived' && (kind === 'probable' || kind === 'limit');
  return `${trials.violated} violated${admitted ? ', within what the claim admits' : ''}`;
}

/** Why trials gave up, unless the reason of the verdict says it. */
function because({ gaveUpBecause, verdict, reason }: Comparison['outcome']): string {
  if (gaveUpBecause === null) return '';
  return verdict === 'inconclusive' && reason.includes(gaveUpBecause)
    ? ''
    : ` (most often: ${gaveUpBecause})`;
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
  const { evidence } = outcome;
  // Where the ledger decides, its counts come first: this run's alone would contradict the verdict.
  if (evidence?.decides === true) parts.push(ledgerCounts(evidence));
  parts.push(`${evidence?.decides === true ? 'this run ' : ''}${trials.effective} trials${how}`);
  if (outcome.trialsCut > 0) {
    parts.push(`--budget cut ${outcome.trialsCut} of ${outcome.trialsPlanned}`);
  }
  if (trials.violated > 0) parts.push(violations(outcome));
  if (trials.discarded > 0) parts.push(`${trials.discarded} discarded`);
  if (trials.gaveUp > 0) parts.push(`${trials.gaveUp} gave up${because(outcome)}`);
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
  if (evidence?.decides === false) parts.push(ledgerCounts(evidence));
  const sharpness = verdict === 'survived' ? sharpnessPhrase(outcome.sharpness) : null;
  if (sharpness !== null) parts.push(sharpness);
  parts.push(`controls ${killed}/${controls.length}`);
  const [first] = outcome.counterexamples;
  if (first) parts.push(`counterexample ${first.id}`);
  if (verdict === 'inconclusive' || verdict === 'vacuous') parts.push(outcome.reason);
  return parts.join(' · ');
}

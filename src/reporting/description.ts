import { excludedText, exponentText, sharpnessPhrase } from '../claims/index.js';
import { counterexampleHtml } from './counterexample-html.js';
import { figureImage } from './figure-image.js';
import { histogramsHtml } from './histogram-html.js';
import type { Html } from './markup.js';
import { codeBlock, paragraph, section, table } from './markup.js';
import type { ReadingView } from './result-view.js';
import { formulaHtml, proseHtml, statementHtml } from './rich-text.js';
import { counted, escapeMarkup, formatNumber, formatPercent, sentence } from './text.js';
import { controlsSentence, expectationSentence, verdictSentence } from './verdict-sentence.js';

/** Counterexamples shown in full; the rest are attachments. */
const MOST_SHOWN = 3;

/** The page of a reading, in a fixed order; everything that comes from the claim is escaped. */
export async function descriptionHtml(view: ReadingView): Promise<Html> {
  const { claim, reading } = view;
  const parts = [
    paragraph(
      `${[claim.catalogue, claim.id].filter(Boolean).join(' · ')} · ${claim.standing} · [${claim.source.key}], ${claim.source.place}`,
    ),
    section('Statement', await statementHtml(claim.statement)),
    section(
      `Reading “${reading.id}” (${reading.kind})`,
      `<p style="margin:8px 0">${await proseHtml(sentence(reading.note))}</p>`,
    ),
    section('Bound', reading.bound === null ? '' : await formulaHtml(reading.bound, 'display')),
    section('Assumptions', await assumptions(view)),
    section('Verdict', await verdict(view)),
    section('Figure', figure(view)),
    section('Controls', await controls(view)),
    section('Generic mutants', await mutants(view)),
    section('Coverage', await coverage(view)),
    section('Ladder', ladder(view)),
    section('Implied constants', constants(view)),
    section(
      view.counterexamples.length === 1 ? 'Counterexample' : 'Counterexamples',
      await counterexamples(view),
    ),
    section('Repeat this reading', codeBlock(view.command)),
    paragraph(
      `Seed ${view.seed}, profile ${view.profile}, engine ${view.engine} (${view.engineDescription}).`,
    ),
  ];
  return parts.join('');
}

async function assumptions({ reading }: ReadingView): Promise<Html> {
  if (reading.assumptions.length === 0) return paragraph('None.');
  const items = await Promise.all(
    reading.assumptions.map(
      async ({ name, tex }) => `<li>${escapeMarkup(name)}: ${await assumptionHtml(tex)}</li>`,
    ),
  );
  return `<ul style="margin:8px 0;padding-left:24px">${items.join('')}</ul>`;
}

async function assumptionHtml(tex: string): Promise<Html> {
  const isProse = /\$|\\\(/.test(tex) && !/^\s*\\text/.test(tex);
  return isProse ? proseHtml(tex) : formulaHtml(`\\displaystyle ${tex}`, 'inline');
}

async function verdict(view: ReadingView): Promise<Html> {
  const strength = verdictSentence(view);
  const fault = view.fault ? paragraph(`A fault of Falsum itself: ${view.fault}`) : '';
  const why = saysTheSame(strength, view.reason)
    ? ''
    : `<p style="margin:8px 0">${await proseHtml(sentence(view.reason))}</p>`;
  return [
    fault,
    `<p style="margin:8px 0;font-size:1.15em"><b>${await proseHtml(strength)}</b></p>`,
    why,
    paragraph(`${expectationSentence(view)} ${controlsSentence(view)}`),
    statistics(view),
  ].join('');
}

const plain = (text: string): string => text.toLowerCase().replace(/[\s.]+$/, '');

/** Whether the reason only repeats what the sentence says after its colon, or the other way round. */
function saysTheSame(strength: string, reason: string): boolean {
  const said = plain(strength);
  const body = said.slice(said.indexOf(': ') + 2);
  return said.includes(plain(reason)) || (body !== said && plain(reason).includes(body));
}

function statistics(view: ReadingView): Html {
  const { trials, worstMargin, violationRateUpper, confidence, logEValue, decidedBy } = view;
  const rows: (readonly [string, string])[] = [
    [
      'trials of the test stream',
      `${counted(trials.effective, 'effective trial')}, ${formatNumber(trials.violated)} violated, ${formatNumber(trials.discarded)} discarded, ${formatNumber(trials.gaveUp)} gave up`,
    ],
    ['law', view.reading.law],
  ];
  if (decidedBy !== null) {
    rows.push([
      'decided by',
      decidedBy === 'exact'
        ? 'exact: for all students of the instance'
        : 'attack: for the students that were trained or built',
    ]);
  }
  if (worstMargin !== null) rows.push(['smallest margin', formatNumber(worstMargin)]);
  rows.push(['sharpness', sharpnessText(view)]);
  // Rungs follow different laws, so that a pooled rate means nothing; the ladder has one per rung.
  if (violationRateUpper !== null && view.rungs.length === 0) {
    rows.push([
      'violation rate over this law',
      `at most ${formatPercent(violationRateUpper)} with confidence ${formatPercent(confidence)}${trials.gaveUp > 0 ? ', trials that gave up counted as violated' : ''}`,
    ]);
  }
  if (logEValue !== null) {
    rows.push(['logarithm of the e-value', formatNumber(logEValue)]);
    rows.push([
      'violation rate that this effort shows with probability ½',
      view.minimumDetectableRate === null ? 'none' : formatPercent(view.minimumDetectableRate),
    ]);
  }
  for (const line of view.growth) {
    if (line.needed === null) continue;
    const { name, exponent, lower, upper } = line;
    rows.push([
      `exponent of ${name}`,
      `${exponentText(exponent)}, in [${exponentText(lower)}, ${exponentText(upper)}] with confidence ${formatPercent(confidence)}; ${excludedText(line)}`,
    ]);
  }
  if (view.ledger !== undefined) rows.push(['ledger, all runs together', view.ledger]);
  return table(
    ['evidence', ''],
    rows.map(([name, value]) => [escapeMarkup(name), escapeMarkup(value)]),
  );
}

/** The factor with what it means, or why there is none. */
function sharpnessText({ sharpness, reading }: ReadingView): string {
  const { factor, clause, reason } = sharpness;
  if (factor === null) return `none: ${reason}`;
  const meaning =
    reading.kind === 'limit'
      ? 'it still survives, and with anything smaller it does not'
      : 'the test stream does not refute it, and with anything smaller it does';
  return `${sharpnessPhrase(sharpness)}: with ${formatNumber(factor)} times the right side of “${clause}” ${meaning}`;
}

function figure({ figure: drawn }: ReadingView): Html {
  if (drawn === null) return '';
  return figureImage(drawn);
}

async function controls({ controls: all }: ReadingView): Promise<Html> {
  const rows = await Promise.all(
    all.map(async ({ name, statement, argument, killed, violated, effective }) => [
      escapeMarkup(name),
      await proseHtml(statement),
      await proseHtml(argument),
      killed ? 'killed' : '<b>survived</b>',
      `${formatNumber(violated)} of ${formatNumber(effective)}${effective > 0 ? ` (${formatPercent(violated / effective)})` : ''}`,
    ]),
  );
  return table(
    ['control', 'deliberately false variant', 'why it is false', 'outcome', 'violated trials'],
    rows,
  );
}

async function mutants({ mutants: all }: ReadingView): Promise<Html> {
  if (all === null || all.length === 0) return '';
  const rows = await Promise.all(
    all.map(async ({ id, statement, killed, violated, effective }) => [
      escapeMarkup(id),
      await proseHtml(statement),
      killed ? 'killed' : 'alive',
      `${formatNumber(violated)} of ${formatNumber(effective)}`,
    ]),
  );
  return (
    paragraph(
      'Changes made without knowing the claim. One that is alive may be true: they decide nothing.',
    ) + table(['mutant', 'change', 'outcome', 'violated trials'], rows)
  );
}

async function coverage({ reading }: ReadingView): Promise<Html> {
  const sampled = await Promise.all(
    Object.entries(reading.coverage).map(async ([label, { meaning, count }]) => [
      escapeMarkup(label),
      await proseHtml(meaning),
      count === 0 ? '<b>0</b>' : formatNumber(count),
    ]),
  );
  const left = await Promise.all(
    Object.entries(reading.unsampled).map(async ([label, reason]) => [
      escapeMarkup(label),
      await proseHtml(reason),
    ]),
  );
  return (
    table(['label', 'stands for', 'effective trials'], sampled) +
    (await histogramsHtml(reading.histograms)) +
    table(['not sampled', 'reason'], left)
  );
}

function ladder({ rungs, confidence, reading }: ReadingView): Html {
  const names = [...new Set(rungs.flatMap((rung) => Object.keys(rung.implied)))];
  // A scaling reading is judged by its implied constants, not by how often a rung is violated.
  const withRates = reading.kind !== 'scaling';
  return table(
    [
      'path',
      'size',
      'effective',
      ...(withRates ? ['violated'] : []),
      'gave up',
      ...(withRates ? [`violation rate, confidence ${formatPercent(confidence)}`] : []),
      ...names.map((name) => `extreme ${name}`),
    ],
    rungs.map((rung) => [
      escapeMarkup(rung.path),
      formatNumber(rung.size),
      formatNumber(rung.effective),
      ...(withRates ? [formatNumber(rung.violated)] : []),
      formatNumber(rung.gaveUp),
      ...(withRates ? [`${formatPercent(rung.rateLower)} – ${formatPercent(rung.rateUpper)}`] : []),
      ...names.map((name) => (name in rung.implied ? formatNumber(rung.implied[name]) : '')),
    ]),
  );
}

function constants({ impliedConstants, growth, confidence }: ReadingView): Html {
  return (
    table(
      ['quantity', 'extreme implied constant'],
      Object.entries(impliedConstants ?? {}).map(([name, value]) => [
        escapeMarkup(name),
        formatNumber(value),
      ]),
    ) +
    table(
      [
        'exponent of the size',
        'fitted',
        `limits, confidence ${formatPercent(confidence)}`,
        'what the ladder excludes',
      ],
      growth.map((line) => [
        escapeMarkup(line.name),
        exponentText(line.exponent),
        `${exponentText(line.lower)} … ${exponentText(line.upper)}`,
        excludedText(line),
      ]),
    )
  );
}

async function counterexamples({ counterexamples: all }: ReadingView): Promise<Html> {
  const shown = await Promise.all(all.slice(0, MOST_SHOWN).map(counterexampleHtml));
  const rest = all.slice(MOST_SHOWN).map(({ id, grade }) => `${id} (${grade})`);
  return (
    shown.join('') + (rest.length > 0 ? paragraph(`Attached as well: ${rest.join(', ')}.`) : '')
  );
}

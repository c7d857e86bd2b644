import { exponentText, sharpnessPhrase } from '../claims/index.js';
import { allureStatus } from './allure-status.js';
import type { AllureStatus } from './allure-status.js';
import type { CounterexampleView, ReadingView } from './result-view.js';
import { counted, formatNumber, formatPercent, sentence } from './text.js';

/** The Allure status of a reading, its controls and faults included. */
export function statusOf(view: ReadingView): AllureStatus {
  return allureStatus(view.verdict, view.expected, {
    survivingControls: view.controls.filter((control) => !control.killed).length,
    fault: typeof view.fault === 'string',
  });
}

/** A reading's name in the report: its id and what became of it. */
export function nameOf({ reading, verdict, grade, fault, controls }: ReadingView): string {
  if (typeof fault === 'string') return `${reading.id}: not judged, a fault of Falsum`;
  const survivors = controls.some((control) => !control.killed) ? ', but a control survived' : '';
  return `${reading.id}: ${verdict}${grade === null ? '' : `, ${grade}`}${survivors}`;
}

/** The verdict and its strength in one plain sentence. */
export function verdictSentence(view: ReadingView): string {
  switch (view.verdict) {
    case 'survived':
      return survivedSentence(view);
    case 'refuted':
      return refutedSentence(view);
    case 'witnessed':
      return sentence(`Witnessed${graded(view)}: ${view.reason}`);
    case 'reproduced':
      return sentence(`Reproduced: ${view.reason}`);
    case 'not-reproduced':
      return sentence(`Not reproduced: ${view.reason}`);
    case 'inconclusive':
      return sentence(`Inconclusive after ${trialsPhrase(view)}: ${view.reason}`);
    case 'vacuous':
      return sentence(`Vacuous: ${view.reason}`);
  }
}

function graded({ grade }: ReadingView): string {
  return grade === null ? '' : `, ${grade}`;
}

function survivedSentence(view: ReadingView): string {
  const { trials, decidedBy, violationRateUpper, confidence, worstMargin } = view;
  const ladder = view.rungs.length > 0;
  const head = ladder
    ? `Survived on its ladder, ${trialsPhrase(view)}`
    : `Survived ${trials.effective - trials.violated} of ${trialsPhrase(view)}`;
  const parts = [head];
  if (decidedBy === 'exact') parts.push('decided exactly for all students of each instance');
  if (decidedBy === 'attack') {
    parts.push('decided by attack, so only for the students that were trained or built');
  }
  if (violationRateUpper !== null && !ladder) {
    parts.push(
      `violation rate over this law at most ${formatPercent(violationRateUpper)} with confidence ${formatPercent(confidence)}`,
    );
  }
  const deciding = view.growth.filter(({ needed }) => needed !== null);
  if (deciding.length > 0) {
    const from = exponentText(Math.max(...deciding.map((line) => line.from)));
    parts.push(
      `growth of an implied constant like size^${from} or faster excluded along ${deciding.length === 1 ? 'the path that decides' : `all ${deciding.length} paths that decide`}`,
    );
  }
  if (worstMargin !== null) parts.push(`smallest margin ${formatNumber(worstMargin)}`);
  const sharpness = sharpnessPhrase(view.sharpness);
  if (sharpness !== null) parts.push(sharpness);
  return sentence(parts.join('; '));
}

function trialsPhrase({ trials, rungs }: ReadingView): string {
  const aside = [
    ...(rungs.length > 0 ? [`${trials.violated} violated`] : []),
    ...(trials.discarded > 0 ? [`${trials.discarded} discarded`] : []),
    ...(trials.gaveUp > 0 ? [`${trials.gaveUp} gave up`] : []),
  ];
  const phrase = counted(trials.effective, 'effective trial');
  return aside.length > 0 ? `${phrase} (${aside.join(', ')})` : phrase;
}

function refutedSentence(view: ReadingView): string {
  const head = `Refuted${graded(view)}`;
  const found = view.counterexamples.find(({ grade }) => grade === view.grade);
  return sentence(`${head}: ${found ? backedBy(found) : view.reason}`);
}

function backedBy(found: CounterexampleView): string {
  const { certificate, confirmation, form, id } = found;
  if (form === 'family') return certificate?.statement ?? `the family of counterexample ${id}`;
  const sides =
    found.lhs === null || found.rhs === null
      ? ''
      : `, ${formatNumber(found.lhs)} > ${formatNumber(found.rhs)}`;
  const violation = `counterexample ${id} satisfies every assumption and violates “${found.clause}”${sides}`;
  if (certificate && found.grade === 'certified') return `${violation}, shown in exact arithmetic`;
  if (confirmation && found.grade === 'confirmed') {
    return `${violation}, recomputed with ${confirmation.digits} digits`;
  }
  return violation;
}

/** How the verdict stands to what was expected. */
export function expectationSentence({ verdict, expected }: ReadingView): string {
  if (expected === null) return 'No verdict is expected of this reading.';
  const wanted = expected.length > 0 ? expected.join(' or ') : 'none of the verdicts';
  return expected.includes(verdict) ? 'As expected.' : `Unexpected: expected ${wanted}.`;
}

/** What became of the controls. */
export function controlsSentence({ controls }: ReadingView): string {
  const survivors = controls.filter((control) => !control.killed);
  if (controls.length === 0) return 'No controls ran.';
  if (survivors.length === 0) {
    if (controls.length === 1) return 'The control was killed.';
    return `${controls.length === 2 ? 'Both' : `All ${controls.length}`} controls were killed.`;
  }
  return `${survivors.length} of ${counted(controls.length, 'control')} survived (${survivors.map(({ name }) => name).join(', ')}): as it stands the verdict proves nothing.`;
}

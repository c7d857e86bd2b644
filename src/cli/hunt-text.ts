import { relative } from 'node:path';
import { counterexampleFile, readCounterexample } from '../hunting/index.js';
import type { HuntEnd, HuntProgress, HuntState } from '../running/index.js';
import { evaluationsOf, marginOf } from '../running/index.js';
import type { Terminal } from './terminal.js';

/** The status line of a hunt: evaluations, best margin, rate, time left. */
export function progressText(
  name: string,
  { evaluations, margin, rate, elapsedMs, shrinking, stuck }: HuntProgress,
  limits: { readonly evaluations: number; readonly budgetMs: number },
): string {
  if (stuck !== null) return `${stuck}; ${evaluations.toLocaleString('en')} evaluations`;
  if (shrinking) return `${name}: shrinking what was found`;
  const most = Number.isFinite(limits.evaluations)
    ? `/${limits.evaluations.toLocaleString('en')}`
    : '';
  const left = Math.min(
    limits.budgetMs - elapsedMs,
    rate > 0 ? (1000 * (limits.evaluations - evaluations)) / rate : Infinity,
  );
  const time = Number.isFinite(left) ? ` · ${clock(left)} left` : '';
  return `${name}: ${evaluations.toLocaleString('en')}${most} evaluations · best margin ${marginText(margin)} · ${rateText(rate)}${time}`;
}

/** What a hunt holds, one counterexample after the other. */
export function findText({ claim, reading, kept }: HuntState, found: string, out: Terminal) {
  return kept.flatMap(({ id, grade, clause, minimal, after }) => {
    const file = counterexampleFile(found, { claim, reading, id });
    const { margin, checked } = readCounterexample(file);
    const check = checked === true ? ', accepted by the independent checker' : '';
    // Shares of a round are told apart by where they begin.
    const when =
      after === 0 ? 'in the first share' : `after ${after.toLocaleString('en')} evaluations`;
    const size = minimal === true ? 'minimal' : 'shrunk, perhaps not minimal';
    return [
      `  ${out.style('red', 'counterexample')} ${id}: ${grade}${check}; ${size}; found ${when}`,
      `    clause “${clause}”${margin === null ? '' : `, margin ${JSON.stringify(margin.upper)}`}`,
      `    ${relative('', file)}`,
    ];
  });
}

const ENDS: Readonly<Record<HuntEnd, string>> = {
  found: '',
  evaluations: ', all evaluations done',
  budget: ', time is up',
};

/** How a sitting ended. */
export function endText(state: HuntState, end: HuntEnd, before: number): string {
  const evaluations = evaluationsOf(state);
  const sitting = before === 0 ? '' : ` (${(evaluations - before).toLocaleString('en')} now)`;
  const suspects = Object.values(state.suspects).reduce((sum, n) => sum + n, 0);
  const unconfirmed =
    suspects === 0 ? '' : `; ${suspects} shares with a violation that was not confirmed`;
  const nothing = state.kept.length === 0 ? 'no counterexample; ' : '';
  return `${nothing}${evaluations.toLocaleString('en')} evaluations${sitting}, smallest margin ${marginText(marginOf(state))}${ENDS[end]}${unconfirmed}`;
}

function marginText(margin: number | null): string {
  return margin === null ? 'none yet' : margin.toPrecision(3);
}

function rateText(rate: number): string {
  return rate >= 100 ? `${Math.round(rate).toLocaleString('en')}/s` : `${rate.toPrecision(2)}/s`;
}

/** 8:05:09 or 4:07 */
function clock(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] > 0 ? parts : parts.slice(1);
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

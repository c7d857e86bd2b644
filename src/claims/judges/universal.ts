import type { Judgement } from '../verdict.js';
import type { Evidence } from './evidence.js';
import { judgement, refutation, summarise, suspects, unhealthy } from './evidence.js';
import type { Levels } from './levels.js';
import type { Judged } from './tally.js';

/** `universal` and `identity`: one certified or confirmed counterexample refutes. */
export function judgeUniversal(judged: Judged, evidence: Evidence, levels: Levels): Judgement {
  const summary = summarise(judged, evidence, levels);
  return (
    refutation(summary, evidence) ??
    suspects(summary, evidence) ??
    unhealthy(summary, evidence) ??
    judgement(summary, 'survived', survivalSentence(summary.trials.effective, summary.decidedBy))
  );
}

export function survivalSentence(effective: number, decidedBy: string | null): string {
  return decidedBy === 'exact'
    ? `no violation in ${effective} effective trials, each decided exactly`
    : `no violation in ${effective} effective trials; the attack bounds its own success, not the truth`;
}

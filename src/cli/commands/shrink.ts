import { join } from 'node:path';
import type { Claim } from '../../claims/index.js';
import type { Counterexample } from '../../hunting/index.js';
import {
  explained,
  shrinkCounterexample,
  storeCounterexample,
  verifyIndependently,
} from '../../hunting/index.js';
import type { Engine } from '../../training/index.js';
import { EXIT } from '../errors.js';
import type { Terminal } from '../terminal.js';
import { writeJson } from './list.js';

/** Instances that are judged to explain a counterexample that a person asked about. */
export const EXPLAINING = 400;

/** Shrinks one counterexample further and stores what came out among the found ones of a reports folder. */
export async function shrink(
  claim: Claim,
  stored: Counterexample,
  engine: Engine,
  { budget, reports }: { readonly budget: number; readonly reports: string },
  out: Terminal,
  json: string | undefined,
): Promise<number> {
  const shrunk = await shrinkCounterexample(claim, stored, engine, { budget });
  const { counterexample } = verifyIndependently(
    await explained(claim, shrunk.counterexample, engine, EXPLAINING),
  );
  const { shrinking } = counterexample;
  if (shrinking === undefined) {
    out.print(
      stored.form === 'family'
        ? 'a family is not shrunk: its members come in all sizes'
        : 'it does not reproduce, so there is nothing to shrink; "falsum replay" says why',
    );
    return stored.form === 'family' ? EXIT.asExpected : EXIT.unexpected;
  }
  const file = storeCounterexample(join(reports, 'found'), counterexample);
  out.print(`${stored.id} → ${counterexample.id}, ${shrinking.evaluations} candidates judged`);
  for (const step of shrinking.listed) {
    out.print(`  ${String(shrinking.taken[step] ?? 0).padStart(3)} × ${step}`);
  }
  out.print(
    shrinking.minimal
      ? 'minimal: none of these steps applies any more'
      : `perhaps not minimal: ${untriedText(shrinking.untried)}`,
  );
  out.print(file);
  if (json !== undefined) writeJson(json, { file, counterexample });
  return EXIT.asExpected;
}

function untriedText(untried: readonly string[] | undefined): string {
  if (untried === undefined) return 'its reading lists no step';
  return `the candidates of --budget were not enough for “${untried.join('”, “')}”`;
}

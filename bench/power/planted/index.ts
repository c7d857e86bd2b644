// Not through the folder's index, which loads MathJax and Allure.
import { figureSvg } from '../../../src/reporting/figure-svg.js';
import { BenchError } from '../../shared/errors.js';
import type { Extent, PowerPart } from '../part.js';
import { PLANTED, originalsOf } from './catalogue.js';
import { plantedFigure } from './figure.js';
import type { OriginalRow, PlantedRow } from './judge.js';
import { judgeOriginal, judgePlanted } from './judge.js';
import { originalTable, plantedTable } from './table.js';
import type { Planted } from './variant.js';

/** Every planted claim is judged with this seed; the originals with the seeds from it on. */
const SEED = 1;

/** Seeds of the true originals. */
const RUNS: Readonly<Record<Extent, number>> = { quick: 1, normal: 2, long: 50 };

/** A handful that takes seconds: both distances, every kind of judge but the costly ladders. */
const QUICK: readonly string[] = [
  'fat-shattering-literal-constant-just-below',
  'population-any-teacher',
  'population-norm-1-001',
  'convergence-rate-0-19',
  'convergence-floor-0-01',
  'convergence-without-lambda',
];

/** Which planted claims run. */
export function chosen(extent: Extent, only: string | null): readonly Planted[] {
  const all = extent === 'quick' ? PLANTED.filter(({ id }) => QUICK.includes(id)) : PLANTED;
  return only === null
    ? all
    : all.filter(({ id, original }) => `${id} ${original.id}`.includes(only));
}

/** False claims must be refuted, and true ones not. */
export const planted: PowerPart = {
  name: 'planted',
  about: 'planted false claims, which must be refuted, and the true ones that they come from',
  has: (only) => chosen('normal', only).length > 0,
  async run({ extent, only, out }) {
    const claims = chosen(extent, only);
    if (claims.length === 0) {
      throw new BenchError(`--only ${only}: no planted claim has this text in its name`);
    }
    const rows: PlantedRow[] = [];
    for (const [k, claim] of claims.entries()) {
      out.status(`planted ${k + 1}/${claims.length}: ${claim.id}`);
      rows.push(await judgePlanted(claim, SEED));
    }
    for (const line of plantedTable(rows)) out.print(line);
    out.print();
    const originals = originalsOf(claims);
    const found: (OriginalRow | null)[] = originals.map(() => null);
    for (let run = 0; run < RUNS[extent]; run += 1) {
      for (const [k, original] of originals.entries()) {
        out.status(`true ones, run ${run + 1}/${RUNS[extent]}: ${original.claim.id}`);
        found[k] = await judgeOriginal(original, SEED + run, found[k]);
      }
    }
    const trueRows = found.filter((row) => row !== null);
    for (const line of originalTable(trueRows)) out.print(line);
    const wanted = rows.filter(({ beyond }) => beyond === null);
    const alive = wanted.filter(({ killed }) => !killed);
    const reached = rows.filter(({ killed, beyond }) => killed && beyond !== null);
    const runs = trueRows.reduce((sum, row) => sum + row.runs, 0);
    const refuted = trueRows.reduce((sum, row) => sum + row.refuted.length, 0);
    out.print();
    for (const { id, beyond } of rows) {
      if (beyond !== null) out.print(`beyond the profile ci: ${id}, ${beyond}`);
    }
    out.print(
      `${wanted.length - alive.length} of ${wanted.length} planted false claims refuted, ${rows.length - wanted.length} more beyond its power; ${refuted} of ${runs} runs refute a true one`,
    );
    return {
      json: { seed: SEED, profile: 'ci', planted: rows, originals: trueRows },
      figures: { 'power-planted.svg': figureSvg(plantedFigure(rows)) },
      failures: [
        ...alive.map(({ id, verdict, reason }) => `planted ${id} is ${verdict}: ${reason}`),
        ...reached.map(
          ({ id }) => `planted ${id} is refuted: it is not beyond the profile ci any more`,
        ),
        ...trueRows.flatMap(({ claim, reading, refuted }) =>
          refuted.map(
            ({ seed, reason }) => `${claim} ${reading} is refuted at seed ${seed}: ${reason}`,
          ),
        ),
      ],
    };
  },
};

// Not through the folder's index, which loads MathJax and Allure.
import { figureSvg } from '../../../src/reporting/figure-svg.js';
import { BenchError } from '../../shared/errors.js';
import { inWorkers } from '../../shared/worker-pool.js';
import type { Extent, PowerPart } from '../part.js';
import { PLANTED, originalsOf } from './catalogue.js';
import { plantedFigure } from './figure.js';
import type { Found, Job } from './jobs.js';
import { originalRows } from './judge.js';
import { originalTable, plantedTable } from './table.js';
import type { Planted } from './variant.js';

const NAME = 'planted';

/** Every planted claim is judged with this seed; the originals with the seeds from it on. */
const SEED = 1;

/** Seeds of the true originals. */
const RUNS: Readonly<Record<Extent, number>> = { quick: 1, normal: 2, long: 50 };

/** A handful that takes seconds: both distances, every kind of judge but the costly ladders. */
const QUICK: readonly string[] = [
  'fat-shattering-literal-constant-just-below',
  'population-any-teacher',
  'population-norm-1-001',
  'fat-shattering-literal-without-the-width',
];

/** Which planted claims run: all of the extent, or those with a text in their name. */
export function chosen(extent: Extent, only: string | null): readonly Planted[] {
  const all = extent === 'quick' ? PLANTED.filter(({ id }) => QUICK.includes(id)) : PLANTED;
  return only === null || only === NAME
    ? all
    : all.filter(({ id, original }) => `${id} ${original.id}`.includes(only));
}

/** Every claim at the first seed, then the originals at one seed after the other. */
function jobsOf(claims: readonly Planted[], runs: number): readonly Job[] {
  return [
    ...claims.map(({ id }): Job => ({ kind: 'planted', id, seed: SEED })),
    ...Array.from({ length: runs }, (_, run) =>
      originalsOf(claims).map(({ claim, reading }): Job => ({
        kind: 'original',
        claim: claim.id,
        reading,
        seed: SEED + run,
      })),
    ).flat(),
  ];
}

/** False claims must be refuted, and true ones not. */
export const planted: PowerPart = {
  name: NAME,
  about: 'planted false claims, which must be refuted, and the true ones that they come from',
  has: (only) => chosen('normal', only).length > 0,
  async run({ extent, only, out }) {
    const claims = chosen(extent, only);
    if (claims.length === 0) {
      throw new BenchError(`--only ${only}: no planted claim has this text in its name`);
    }
    const jobs = jobsOf(claims, RUNS[extent]);
    const found = await inWorkers<Job, Found>(
      new URL('./worker.js', import.meta.url),
      jobs,
      (count) => out.status(`readings ${count}/${jobs.length}`),
    );
    const rows = found.flatMap((one) => (one.kind === 'planted' ? [one.row] : []));
    const trueRows = originalRows(
      found.flatMap((one) => (one.kind === 'original' ? [one.run] : [])),
    );
    for (const line of plantedTable(rows)) out.print(line);
    out.print();
    for (const line of originalTable(trueRows)) out.print(line);
    const wanted = rows.filter(({ beyond }) => beyond === null);
    const alive = wanted.filter(({ killed }) => !killed);
    const reached = rows.filter(({ killed, beyond }) => killed && beyond !== null);
    const runs = trueRows.reduce((sum, row) => sum + row.runs, 0);
    const refuted = trueRows.reduce((sum, row) => sum + (row.verdicts.refuted ?? 0), 0);
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
        ...rows
          .filter(({ beyond, verdict }) => beyond !== null && verdict === 'survived')
          .map(({ id, reason }) => `planted ${id} survives, though it is false: ${reason}`),
        ...reached.map(
          ({ id }) => `planted ${id} is refuted: it is not beyond the profile ci any more`,
        ),
        ...trueRows.flatMap(({ claim, reading, others }) =>
          others
            .filter(({ verdict }) => verdict === 'refuted')
            .map(({ seed, reason }) => `${claim} ${reading} is refuted at seed ${seed}: ${reason}`),
        ),
      ],
    };
  },
};

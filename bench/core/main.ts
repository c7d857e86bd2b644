import { performance } from 'node:perf_hooks';
import { checkAgreement } from './agreement.js';
import { costCurve } from './cost-curve.js';
import { engineContestant } from './engine-contestant.js';
import { OWN_ENGINE, REFERENCE_ENGINE, oneThreadEach, openEngine, openEngines } from './engines.js';
import { busyNotes } from '../shared/machine.js';
import { runBench } from '../shared/run-bench.js';
import { growth, memoryCurve } from './memory.js';
import type { BenchOptions } from './options.js';
import { benchOptions } from './options.js';
import type { OpenPeers } from './peers.js';
import { openPeers } from './peers.js';
import { pythonCandidates } from '../shared/find-python.js';
import { progressTo } from '../shared/progress.js';
import { writeReport } from './report.js';
import type { Effort } from './rounds.js';
import { timeShape } from './rounds.js';
import { SHAPES, shapeName } from './shapes.js';
import { summarise } from './summary.js';
import { shapeTable } from './table.js';

/** How much is measured. */
interface BenchEffort {
  readonly shapes: Effort;
  readonly cost: Effort;
  /** Points of the cost curve. */
  readonly perDecade: number;
}

/**
 * About five minutes and about one. Engines evaluate once more than they step, 5 % of 20 steps. The cost
 * curve is of a step alone, so its runs are long enough for the packing of the data not to count.
 */
const EFFORTS: Readonly<Record<'full' | 'quick', BenchEffort>> = {
  full: {
    shapes: {
      lengths: { target: 0.08, fewest: 20, most: 2 },
      rounds: 15,
      seconds: 6,
      fewestRounds: 2,
    },
    cost: {
      lengths: { target: 0.05, fewest: 100, most: 1 },
      rounds: 5,
      seconds: 2,
      fewestRounds: 2,
    },
    perDecade: 3,
  },
  quick: {
    shapes: {
      lengths: { target: 0.05, fewest: 20, most: 1 },
      rounds: 5,
      seconds: 1,
      fewestRounds: 1,
    },
    cost: {
      lengths: { target: 0.02, fewest: 100, most: 0.5 },
      rounds: 3,
      seconds: 0.5,
      fewestRounds: 1,
    },
    perDecade: 2,
  },
};

/** Memory first, while nothing else is loaded; then the contestants in turns, then the cost curve. */
async function run(options: BenchOptions): Promise<void> {
  const out = progressTo(options.quiet);
  const effort = EFFORTS[options.quick ? 'quick' : 'full'];
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const candidates = pythonCandidates(options.python);
  oneThreadEach();

  const own = await openEngine(OWN_ENGINE);
  const measured = own === null ? REFERENCE_ENGINE : OWN_ENGINE;
  const memory = await memoryCurve(
    measured,
    async () => {
      const engine = await openEngine(measured);
      if (engine === null) throw new Error(`no engine ${measured}`);
      return engine;
    },
    options.runs,
    (done) => out.status(`memory of ${measured}: ${done}/${options.runs} runs`),
  );

  out.status('starting the contestants');
  const { engines, leftOut } = await openEngines();
  const ours = engines.map(({ name, engine }) => engineContestant(engine, name));
  const reference = ours.find(({ name }) => name === REFERENCE_ENGINE);
  if (reference === undefined) throw new Error(`no engine ${REFERENCE_ENGINE}`);
  const peers: OpenPeers = await openPeers(candidates);
  try {
    const contestants = [...ours, ...peers.contestants];
    const missing = [...leftOut, ...peers.leftOut];
    for (const contestant of contestants) {
      out.status(`checking ${contestant.name}`);
      await checkAgreement(contestant, reference);
    }
    for (const { name, description } of contestants) out.print(`${name}: ${description}`);
    for (const { name, reason } of missing) out.print(`left out: ${name}, ${reason}`);
    const notes = [...peers.notes, ...busyNotes()];
    for (const note of notes) out.print(`! ${note}`);

    const shapes = [];
    for (const shape of SHAPES) {
      const timings = await timeShape(contestants, shape, effort.shapes, (name, what) =>
        out.status(`${shapeName(shape)}: ${name}, ${what}`),
      );
      const rows = summarise(shape, timings);
      shapes.push({ shape, rows });
      out.print();
      for (const line of shapeTable(shape, rows)) out.print(line);
    }
    const contestant = ours.find(({ name }) => name === measured) ?? reference;
    const cost = await costCurve(contestant, effort.perDecade, effort.cost, (what) =>
      out.status(`cost of ${measured}: ${what}`),
    );
    out.print();
    out.print(
      `cost of a step of ${measured}: (N·d·m)^${cost.slope.slope.toFixed(2)} ± ${cost.slope.standardError.toFixed(2)} over ${cost.points.length} shapes`,
    );
    out.print(
      `memory of ${measured} over ${options.runs} runs, after the first tenth: resident ${signedKibibytes(growth(memory, 'resident'))}, heap ${signedKibibytes(growth(memory, 'heapUsed'))}, WebAssembly ${signedKibibytes(growth(memory, 'wasm'))}`,
    );
    const durationMs = Math.round(performance.now() - started);
    const files = writeReport(
      {
        startedAt,
        durationMs,
        quick: options.quick,
        contestants,
        peers: peers.facts,
        leftOut: missing,
        notes,
        shapes,
        cost,
        memory,
      },
      options.folder,
      options.out,
    );
    out.print(`${(durationMs / 1000).toFixed(0)} s; written: ${files.join(', ')}`);
  } finally {
    peers.close();
  }
}

function signedKibibytes(bytes: number): string {
  const value = Math.round(bytes / 1024);
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value)} KiB`;
}

await runBench('core', () => run(benchOptions(process.argv.slice(2))));

import { performance } from 'node:perf_hooks';
import { pythonCandidates } from '../shared/find-python.js';
import { busyNotes } from '../shared/machine.js';
import { progressTo } from '../shared/progress.js';
import { runBench } from '../shared/run-bench.js';
import type { Case } from './cases.js';
import { CASES, COST_CASES, caseName } from './cases.js';
import type { Contestant } from './contestant.js';
import type { CaseResult } from './figures.js';
import { GAP_SETS, gapSetName, gapTable, measureGaps } from './gaps.js';
import { drawProblems } from './instances.js';
import type { SolversOptions } from './options.js';
import { solversOptions } from './options.js';
import { OWN_CONTESTANTS } from './own-contestants.js';
import { writeReport } from './report.js';
import type { Effort } from './rounds.js';
import { timeProblems } from './rounds.js';
import { openScipy } from './scipy-peer.js';
import { summarise } from './summary.js';
import { caseTable } from './table.js';

/** What is measured: kinds of problems side by side, the figure of cost, and how many problems of each set of gaps. */
interface Efforts {
  readonly cases: Effort;
  readonly cost: Effort;
  readonly gaps: number;
}

/** About four minutes and about half a one. */
const EFFORTS: Readonly<Record<'full' | 'quick', Efforts>> = {
  full: {
    cases: { problems: 60, rounds: 5, seconds: 8 },
    cost: { problems: 30, rounds: 5, seconds: 2 },
    gaps: 500,
  },
  quick: {
    cases: { problems: 18, rounds: 3, seconds: 0.8 },
    cost: { problems: 12, rounds: 3, seconds: 0.4 },
    gaps: 25,
  },
};

/** Problems that are solved before the clock counts, so that the code is compiled. */
const WARM_UP = { problems: 12, rounds: 3, seconds: 0.5 } as const;

async function run(options: SolversOptions): Promise<void> {
  const out = progressTo(options.quiet);
  const effort = EFFORTS[options.quick ? 'quick' : 'full'];
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const candidates = pythonCandidates(options.python);
  out.status('starting the contestants');
  const scipy = await openScipy(candidates);
  try {
    const contestants = [...OWN_CONTESTANTS, ...scipy.contestants];
    for (const { name, description } of contestants) out.print(`${name}: ${description}`);
    for (const { name, reason } of scipy.leftOut) out.print(`left out: ${name}, ${reason}`);
    const notes = [...scipy.notes, ...busyNotes()];
    for (const note of notes) out.print(`! ${note}`);

    const measure = async (
      given: Case,
      all: readonly Contestant[],
      { problems, ...rest }: Effort,
    ): Promise<CaseResult> => {
      const { inputDim, sampleSize, labels } = given;
      const taking = all.filter(({ takes }) => takes(given));
      const drawn = drawProblems(inputDim, sampleSize, labels, problems);
      const timings = await timeProblems(taking, drawn, { problems, ...rest }, (name, what) =>
        out.status(`${caseName(given)}: ${name}, ${what}`),
      );
      return { given, rows: summarise(caseName(given), timings) };
    };

    const warm: readonly Case[] = [2, 3].map((inputDim) => ({
      inputDim,
      sampleSize: 12,
      labels: 'random',
    }));
    for (const given of warm) await measure(given, contestants, WARM_UP);
    const cases: CaseResult[] = [];
    for (const given of CASES) {
      const result = await measure(given, contestants, effort.cases);
      cases.push(result);
      out.print();
      for (const line of caseTable(given, result.rows)) out.print(line);
    }
    const own = OWN_CONTESTANTS.slice(0, 1);
    const cost: CaseResult[] = [];
    for (const given of COST_CASES) cost.push(await measure(given, own, effort.cost));
    const gaps = GAP_SETS.map((set) =>
      measureGaps(set, effort.gaps, (k) => out.status(`${gapSetName(set)}: problem ${k}`)),
    );
    out.print();
    for (const line of gapTable(gaps)) out.print(line);
    const durationMs = Math.round(performance.now() - started);
    const { facts: peers, leftOut } = scipy;
    const files = writeReport(
      {
        startedAt,
        durationMs,
        quick: options.quick,
        contestants,
        peers,
        leftOut,
        notes,
        cases,
        cost,
        gaps,
      },
      options.folder,
      options.out,
    );
    out.print();
    out.print(`${(durationMs / 1000).toFixed(0)} s; written: ${files.join(', ')}`);
  } finally {
    scipy.close();
  }
}

await runBench('solvers', () => run(solversOptions(process.argv.slice(2))));

// Not through the folder's index, which loads MathJax and Allure.
import { figureSvg } from '../../src/reporting/figure-svg.js';
import type { ShapeResult } from './comparison-figure.js';
import { comparisonSvg } from './comparison-figure.js';
import type { LeftOut } from '../shared/left-out.js';
import type { Contestant } from './contestant.js';
import type { CostCurve } from './cost-curve.js';
import { costFigure, memoryFigure } from './figures.js';
import type { MemoryCurve } from './memory.js';
import { growth } from './memory.js';
import { writeFiles } from '../shared/write-files.js';
import { machineFacts } from '../shared/machine.js';
import type { PeerFacts } from '../shared/peer-facts.js';
import { shapeName, volume } from './shapes.js';

/** Everything that was measured. */
export interface BenchResult {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly quick: boolean;
  readonly contestants: readonly Contestant[];
  readonly peers: readonly PeerFacts[];
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly string[];
  readonly shapes: readonly ShapeResult[];
  readonly cost: CostCurve;
  readonly memory: MemoryCurve;
}

/** The result as plain JSON, schema `falsum/bench-core@1`; times in seconds, memory in bytes. */
export function benchJson(result: BenchResult): object {
  const { startedAt, durationMs, quick, contestants, peers, leftOut, notes, cost, memory } = result;
  return {
    schema: 'falsum/bench-core@1',
    startedAt,
    durationMs,
    quick,
    machine: machineFacts(),
    contestants: contestants.map(({ name, description, precision }) => ({
      name,
      description,
      precision,
      threads: 1,
    })),
    peers,
    leftOut,
    notes,
    shapes: result.shapes.map(({ shape, rows }) => ({
      name: shapeName(shape),
      ...shape,
      batch: shape.batch ?? null,
      volume: volume(shape),
      results: rows.map((row) => ({
        contestant: row.contestant,
        stepsPerMeasurement: row.steps,
        rounds: row.rounds,
        secondsPerStep: { minimum: row.minimum, median: row.median },
        timeOverWasm64: row.toOwn,
        timeOverTorchFloat64: row.toPeer,
        gigaflops: row.gigaflops,
      })),
    })),
    cost: {
      engine: cost.engine,
      exponent: cost.slope,
      exponents: cost.slopes,
      points: cost.points.map(({ aspect, shape, volume: size, timing }) => ({
        aspect,
        ...shape,
        volume: size,
        stepsPerMeasurement: timing.steps,
        secondsPerStep: { minimum: timing.minimum, median: timing.median },
      })),
    },
    memory: {
      ...memory,
      growthAfterFirstTenth: {
        resident: growth(memory, 'resident'),
        heapUsed: growth(memory, 'heapUsed'),
        wasm: growth(memory, 'wasm'),
      },
    },
  };
}

/** Writes `core.json` and the figures; returns the files. */
export function writeReport(
  result: BenchResult,
  folder: string,
  out: string | undefined,
): readonly string[] {
  const peers = new Set(
    result.peers.flatMap(({ peer, variants }) => variants.map((variant) => `${peer} ${variant}`)),
  );
  const figures: Readonly<Record<string, string>> = {
    'core-engines.svg': comparisonSvg(result.shapes, (name) => peers.has(name)),
    'core-cost.svg': figureSvg(costFigure(result.cost)),
    'core-memory.svg': figureSvg(memoryFigure(result.memory)),
  };
  return writeFiles('core', benchJson(result), figures, folder, out);
}

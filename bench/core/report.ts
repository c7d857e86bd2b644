import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, type } from 'node:os';
import { join } from 'node:path';
// Not through the folder's index, which loads MathJax and Allure.
import { figureSvg } from '../../src/reporting/figure-svg.js';
import type { ShapeResult } from './comparison-figure.js';
import { comparisonSvg } from './comparison-figure.js';
import type { Contestant, LeftOut } from './contestant.js';
import type { CostCurve } from './cost-curve.js';
import { costFigure, memoryFigure } from './figures.js';
import type { MemoryCurve } from './memory.js';
import { growth } from './memory.js';
import type { PeerFacts } from './peers.js';
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
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      system: `${type()} ${release()}`,
      node: process.versions.node,
      loadAverage: loadavg(),
    },
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
  mkdirSync(folder, { recursive: true });
  const json = join(folder, 'core.json');
  writeFileSync(json, `${JSON.stringify(benchJson(result), null, 2)}\n`);
  for (const [name, svg] of Object.entries(figures)) {
    writeFileSync(join(folder, name), svg);
    if (out === undefined) continue;
    mkdirSync(out, { recursive: true });
    copyFileSync(join(folder, name), join(out, name));
  }
  return [json, ...Object.keys(figures).map((name) => join(out ?? folder, name))];
}

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Engine } from '../../src/training/index.js';
import { makeProblem, trainingTask } from './problems.js';

/** Small problems of all shapes, so that the engine lays its memory out anew each time. */
const TASKS = 64;
const STEPS = 20;

/** Tenths of the runs at which memory is read, and one early. */
const CHECKPOINTS = [0, 0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Memory after some runs, in bytes, garbage collected before. */
export interface MemoryPoint {
  readonly runs: number;
  /** Resident set of the whole process. */
  readonly resident: number;
  readonly heapUsed: number;
  /** Linear memory of the engine's WebAssembly instances; 0 where it has none. */
  readonly wasm: number;
}

export interface MemoryCurve {
  readonly engine: string;
  readonly stepsPerRun: number;
  readonly points: readonly MemoryPoint[];
}

/**
 * Memory over many training runs of one engine in this process.
 *
 * @param open makes the engine; what it instantiates meanwhile is counted as its memory
 */
export async function memoryCurve(
  name: string,
  open: () => Promise<Engine>,
  runs: number,
  onRuns: (done: number) => void = () => undefined,
): Promise<MemoryCurve> {
  const { result: engine, memories } = await watchInstances(open);
  const tasks = Array.from({ length: TASKS }, (_, i) => {
    const shape = { inputDim: 1 + (i % 5), width: 1 + (i % 20), sampleSize: 5 + (i % 36) };
    return trainingTask(makeProblem(shape, i), STEPS);
  });
  const collect = collector();
  const points: MemoryPoint[] = [];
  let done = 0;
  for (const part of CHECKPOINTS) {
    for (; done < Math.round(part * runs); done += 1) engine.train(tasks[done % TASKS]);
    onRuns(done);
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    const wasm = memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
    points.push({ runs: done, resident: rss, heapUsed, wasm });
  }
  return { engine: name, stepsPerRun: STEPS, points };
}

/** How much a quantity grew after the first tenth of the runs, when everything has warmed up, in bytes. */
export function growth(
  { points }: MemoryCurve,
  quantity: 'resident' | 'heapUsed' | 'wasm',
): number {
  const total = points.at(-1);
  if (total === undefined) throw new RangeError('growth: points must not be empty, got none');
  const warm = points.find(({ runs }) => runs >= 0.1 * total.runs) ?? total;
  return total[quantity] - warm[quantity];
}

/** Engines keep their memory to themselves; an instance made while we look hands it over. */
async function watchInstances<T>(
  open: () => Promise<T>,
): Promise<{ readonly result: T; readonly memories: readonly WebAssembly.Memory[] }> {
  const { Instance } = WebAssembly;
  const memories: WebAssembly.Memory[] = [];
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, args) {
      const instance = Reflect.construct(target, args) as WebAssembly.Instance;
      for (const exported of Object.values(instance.exports)) {
        if (exported instanceof WebAssembly.Memory) memories.push(exported);
      }
      return instance;
    },
  });
  try {
    return { result: await open(), memories };
  } finally {
    WebAssembly.Instance = Instance;
  }
}

/** A full garbage collection on demand. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

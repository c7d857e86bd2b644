/**
 * The minibatches of stochastic gradient descent: the same indices as `minibatches` of
 * `src/training/optimisers.ts` gives. The seed of each epoch comes from there. AssemblyScript.
 */
import { Problem } from './problem';

/** Whether a seed for the next epoch is at hand, where the next minibatch starts one. */
export function hasSeed(problem: Problem): bool {
  if (problem.position < problem.sampleSize) return true;
  const next = problem.epoch + 1;
  return next >= problem.firstEpoch && next < problem.firstEpoch + <f64>problem.epochs;
}

/** Gathers the next minibatch and returns its size. */
export function nextMinibatch(problem: Problem): i32 {
  const sampleSize = problem.sampleSize;
  if (problem.position >= sampleSize) startEpoch(problem);
  const from = problem.position;
  problem.position = from + problem.batchSize;
  const size = problem.replacement ? problem.batchSize : min(problem.batchSize, sampleSize - from);
  for (let i = 0; i < size; i += 1) {
    const index = problem.replacement
      ? integer(problem.random, <u32>sampleSize)
      : load<u32>(problem.order + ((<usize>(from + i)) << 2));
    copySample(problem, index, i);
  }
  // A lonely last sample has a partner of zeros.
  if (size & 1) clearSample(problem, size);
  return size;
}

function startEpoch(problem: Problem): void {
  problem.epoch += 1;
  problem.position = 0;
  const seed = problem.seeds + ((<usize>(problem.epoch - problem.firstEpoch)) << 4);
  memory.copy(problem.random, seed, 16);
  if (problem.replacement) return;
  const count = problem.sampleSize;
  const order = problem.order;
  for (let i: usize = 0; i < <usize>count; i += 1) store<u32>(order + (i << 2), <u32>i);
  for (let i = count - 1; i > 0; i -= 1) {
    const other = order + ((<usize>integer(problem.random, <u32>(i + 1))) << 2);
    const at = order + ((<usize>i) << 2);
    const kept = load<u32>(at);
    store<u32>(at, load<u32>(other));
    store<u32>(other, kept);
  }
}

/** xoshiro128++, as in `src/math/random.ts`. */
function nextWord(state: usize): u32 {
  let s0 = load<u32>(state);
  let s1 = load<u32>(state, 4);
  let s2 = load<u32>(state, 8);
  let s3 = load<u32>(state, 12);
  const result = rotl<u32>(s0 + s3, 7) + s0;
  const t = s1 << 9;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  s0 ^= s3;
  s2 ^= t;
  s3 = rotl<u32>(s3, 11);
  store<u32>(state, s0);
  store<u32>(state, s1, 4);
  store<u32>(state, s2, 8);
  store<u32>(state, s3, 12);
  return result;
}

/** Uniform on {0, …, bound − 1}, without modulo bias. */
function integer(state: usize, bound: u32): u32 {
  const all: u64 = 4294967296;
  const limit = all - (all % <u64>bound);
  while (true) {
    const word = nextWord(state);
    if (<u64>word < limit) return word % bound;
  }
}

function copySample(problem: Problem, index: u32, to: i32): void {
  let source = problem.inputs + problem.stride * <usize>(index >> 1) + ((<usize>(index & 1)) << 3);
  let target = problem.batchInputs + problem.stride * <usize>(to >> 1) + ((<usize>(to & 1)) << 3);
  for (let k = 0; k < problem.inputDim; k += 1) {
    store<f64>(target, load<f64>(source));
    source += 16;
    target += 16;
  }
  const label = load<f64>(problem.labels + ((<usize>index) << 3));
  store<f64>(problem.batchLabels + ((<usize>to) << 3), label);
}

function clearSample(problem: Problem, at: i32): void {
  let target = problem.batchInputs + problem.stride * <usize>(at >> 1) + 8;
  for (let k = 0; k < problem.inputDim; k += 1) {
    store<f64>(target, 0);
    target += 16;
  }
  store<f64>(problem.batchLabels + ((<usize>at) << 3), 0);
}

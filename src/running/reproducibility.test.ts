import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import type { LabelLawName } from '../generators/index.js';
import type { InputLawName } from '../model/index.js';
import { DRAWN, hashes } from './testing/reproducibility.mjs';

const SCRIPT = fileURLToPath(new URL('./testing/reproducibility.mjs', import.meta.url));

/** Another Node than the one that runs the tests; `.ci/run` installs one. */
const OTHER_NODE = process.env['FALSUM_OTHER_NODE'];

function inWorker(): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(SCRIPT);
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/**
 * The same on every machine and every Node version. A new hash means that stored float64 trajectories or
 * seeded draws do not replay any more: claims get new versions, and the change is explained in an ADR.
 */
const EXPECTED: Readonly<Record<string, string>> = {
  'wasm64: ReLU, width 100, d = 2, N = 40': 'ae4797b7e67b20ce',
  'wasm64: ReLU with biases, width 10, d = 20, N = 101': '04105e6ec8c2ddbe',
  'wasm64: tanh with biases, width 7, d = 5, N = 33, minibatches of 4': '2e4ce0d5b25bc160',
  'wasm64: deep ReLU, widths 9 and 6, d = 3, N = 70, projected': '4d0361f5a3485cdc',
  'wasm64: 20 steps with relu': 'f2842904b976e570',
  'wasm64: 20 steps with saturated-relu': 'd44352b6ec26d0a7',
  'wasm64: 20 steps with step': '04de67237e335597',
  'wasm64: 20 steps with sigmoid': 'f0889e1b7ca82064',
  'wasm64: 20 steps with tanh': 'd4ce941023431774',
  'wasm64: 20 steps with arctan': 'b4912c32d9166b16',
  'wasm64: 20 steps with erf': '290576f5396a19e9',
  'wasm64: 20 steps with sine': '8aa9b78c22c9384d',
  'wasm64: 20 steps with gaussian-bump': 'cd13c5c3cb41332d',
  'wasm64: 20 steps with softplus': '73ba59bdd4e489fb',
  'wasm64: 20 steps with constant': 'ea2c6e0840f5d1a9',
  'wasm64: 20 steps with linear': 'df39e6078429d403',
  'js64: ReLU, width 100, d = 2, N = 40': 'a081b87998b1c135',
  'js64: ReLU with biases, width 10, d = 20, N = 101': '73fe00f4c1673783',
  'js64: tanh with biases, width 7, d = 5, N = 33, minibatches of 4': 'c1cc8050f2013647',
  'js64: deep ReLU, widths 9 and 6, d = 3, N = 70, projected': 'f047b5581ba3ca64',
  'law: uniform': 'f608d0d6dff5b36c',
  'law: uniformPositive': 'ad289706f39cb458',
  'law: integer': '0bb621f2defb0167',
  'law: sign': 'cff4bb73c9929af4',
  'law: normal': 'dc6da199b8c5cae7',
  'law: normalVector': '03537fe7b365372c',
  'law: exponential': '2f6a1a230c55103c',
  'law: gamma': '32a4655645cad273',
  'law: chiSquare': 'e202600fb0afd7e3',
  'law: studentT': '0f54dbe72f503861',
  'law: pareto': 'c8bac92ad85eaaf1',
  'law: rademacher': '33a6223c22d28db8',
  'law: uniformBetween': '9fd8a43866deab5e',
  'law: permutation': '67554dffa3e4209d',
  'law: unitSphere': 'e426682304541402',
  'law: orthogonalMatrix': '7b144e98879e86cb',
  'inputs: gaussian': '9f9a1d1f330059e3',
  'inputs: gaussian-covariance': 'e0c8b241b623401b',
  'inputs: gaussian-shifted': '57b8ab63a67897a8',
  'inputs: sphere': '7a87743dd2db6780',
  'inputs: rademacher': '8918eb09d1dafb85',
  'inputs: binary-cube': '780628bf4aedc8d6',
  'inputs: unit-cube': '9673ff77955e7de1',
  'inputs: symmetric-cube': '4d109b5c9a252f89',
  'inputs: absolute-gaussian': '718fba0e869eeabc',
  'inputs: exponential': '5cc4e97702e9b9ca',
  'inputs: pareto': 'b4b647c37a4f6432',
  'inputs: centred-exponential': '08b65f52f7ce8982',
  'inputs: skewed-two-point': '90617407d1d3e3da',
  'inputs: student-t': '5ab4898881ade53d',
  'inputs: scale-mixture': '8b8271cfbb9cd008',
  'inputs: atoms': '617cafa97007b74d',
  'inputs: basis-atoms': '6a233fbb5a0fbbb5',
  'inputs: line': '157aeed0a0ae1d27',
  'inputs: hyperplane': 'aeb664a0ad294db5',
  'inputs: halfspace': 'ad3945ae02e7d4ea',
  'inputs: clusters': 'b0aa84eeec2689ee',
  'labels: zero': '668946bab9868b28',
  'labels: constant': 'cc79b7bdf67813ed',
  'labels: fair-sign': 'c0ed1e1f58911873',
  'labels: bounded': '886733afc3aba2bc',
  'labels: gaussian': '2f5bd89305a13da6',
  'labels: student-t': 'd7d961f6ace3f6b8',
  'labels: pareto': '72636ada2f90065f',
  'labels: teacher': '385217ff6b8141bd',
  'labels: parity': 'c3c5611364b4b9d2',
  'labels: sign': '0dbd526c1c64eb48',
};

/** The types make these lists complete. */
const INPUT_LAWS: Readonly<Record<InputLawName, true>> = {
  gaussian: true,
  'gaussian-covariance': true,
  'gaussian-shifted': true,
  sphere: true,
  rademacher: true,
  'binary-cube': true,
  'unit-cube': true,
  'symmetric-cube': true,
  'absolute-gaussian': true,
  exponential: true,
  pareto: true,
  'centred-exponential': true,
  'skewed-two-point': true,
  'student-t': true,
  'scale-mixture': true,
  atoms: true,
  'basis-atoms': true,
  line: true,
  hyperplane: true,
  halfspace: true,
  clusters: true,
};
const LABEL_LAWS: Readonly<Record<LabelLawName, true>> = {
  zero: true,
  constant: true,
  'fair-sign': true,
  bounded: true,
  gaussian: true,
  'student-t': true,
  pareto: true,
  teacher: true,
  parity: true,
  sign: true,
};

test('every law of inputs and labels is drawn from', () => {
  expect(DRAWN.inputs.toSorted()).toEqual(Object.keys(INPUT_LAWS).toSorted());
  expect(DRAWN.labels.toSorted()).toEqual(Object.keys(LABEL_LAWS).toSorted());
});

describe('200 steps, and 1,000 draws of every seeded law, are the same bytes', () => {
  test('in the main thread', () => {
    expect(hashes()).toEqual(EXPECTED);
  });

  test('in one batch', () => {
    expect(hashes(true)).toEqual(EXPECTED);
  });

  test('in two workers at once', async () => {
    const [first, second] = await Promise.all([inWorker(), inWorker()]);
    expect(first).toEqual(EXPECTED);
    expect(second).toEqual(EXPECTED);
  });

  test.skipIf(OTHER_NODE === undefined)(
    'on another Node version, named by FALSUM_OTHER_NODE',
    () => {
      const version = spawnSync(OTHER_NODE as string, ['--version'], { encoding: 'utf8' }).stdout;
      expect(version.trim()).toMatch(/^v\d+/);
      expect(version.trim()).not.toBe(process.version);
      const { stdout, stderr } = spawnSync(OTHER_NODE as string, [SCRIPT], { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual(EXPECTED);
    },
  );
});

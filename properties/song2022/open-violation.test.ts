import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../src/model/index.js';
import { isLess, normalVector, randomSource, sign } from '../../src/math/index.js';
import { unitTeacher } from '../../src/theory/index.js';
import type { CondensationInstance } from './shared/condensation-instance.js';
import { exactInterpolant } from './shared/interpolant-certificate.js';
import type { CondensationWitness } from './shared/data-condensation.js';
import { areInGeneralPosition, rankOfBlocks } from './shared/general-position.js';
import { offKinks, openChecks } from './shared/open-violation.js';

const ROOT = fileURLToPath(new URL('../../fixtures/counterexamples/song2022/', import.meta.url));
const IN_SPACE = 'minimum-norm-condensation-in-higher-dimension';

interface Stored {
  readonly instance: CondensationInstance;
  readonly witness: Extract<CondensationWitness, { kind: 'interpolant' }>;
  readonly certificate: { readonly data: { readonly type: string } };
}

const read = (file: string): Stored => JSON.parse(readFileSync(`${ROOT}${file}`, 'utf8')) as Stored;

const instanceOf = (inner: Matrix, inputs: Matrix): CondensationInstance => {
  const outer = inner.map(() => 1);
  const teacher = unitTeacher({
    activation: { name: 'relu' },
    inputDim: inner[0].length,
    inner,
    outer,
  });
  return { teacher, inputs, width: 99, trained: false };
};

const holds = (instance: CondensationInstance, directions: Matrix): boolean[] =>
  openChecks(instance, directions).map((check) => check.holds);

/** Inputs of general position in R³. */
const inputs = Array.from({ length: 12 }, (_, i) => normalVector(randomSource('open', i), 3));

describe('openChecks', () => {
  test('a teacher at general inputs, as its own student', () => {
    const instance = instanceOf([[0.6, 0, 0.8]], inputs);
    expect(holds(instance, instance.teacher.directions)).toEqual([true, true, true]);
  });

  test('an input on a kink of the student or on a wall of the teacher', () => {
    const instance = instanceOf([[0.6, 0, 0.8]], [...inputs, [1, 0, 2]]);
    expect(holds(instance, [[0.6, 0, 0.8]])[0]).toBe(true);
    expect(holds(instance, [[0, 1, 0]])[0]).toBe(false);
    const onWall = instanceOf([[0, 0, 1]], [...inputs, [1, 2, 0]]);
    expect(holds(onWall, [[0.6, 0, 0.8]])[0]).toBe(false);
  });

  test('dependent inputs that the student fits by their placement alone', () => {
    // Three inputs of a plane x₃ = 0: a neuron of that plane fits them, and no neighbours off it.
    const flat = [
      [1, 0.5, 0],
      [2, -0.25, 0],
      [1, 3, 0],
    ];
    const instance = instanceOf([[0.6, 0, 0.8]], flat);
    expect(holds(instance, [[1, 0, 0]])).toEqual([true, false, true]);
    // A student that is silent where the teacher is not has no derivative there at all.
    expect(holds(instanceOf([[0.6, 0, 0.8]], [[1, 1, 1]]), [[-1, 0, 0]])[1]).toBe(false);
  });

  test('three hyperplanes of space that meet in a line: teachers near them have more cells', () => {
    const pencil = [
      [1, 0, 0],
      [0, 1, 0],
      [0.6, 0.8, 0],
    ];
    const instance = instanceOf(pencil, inputs);
    expect(holds(instance, instance.teacher.directions)[2]).toBe(false);
    const generic = instanceOf([...pencil.slice(0, 2), [0.48, 0.64, 0.6]], inputs);
    expect(holds(generic, generic.teacher.directions)[2]).toBe(true);
  });

  test('ranks and general position, modulo the prime', () => {
    const axes = [
      [1, 0],
      [0, 0.5],
      [0.25, 0.25],
    ];
    expect(areInGeneralPosition(axes, 2)).toBe(true);
    expect(areInGeneralPosition([...axes, [3, 3]], 2)).toBe(false);
    const all = axes.map(() => [true]);
    expect(rankOfBlocks(axes, all)).toBe(2);
    expect(
      rankOfBlocks(axes, [
        [true, false],
        [true, true],
        [false, true],
      ]),
    ).toBe(3);
    expect(rankOfBlocks(axes, [[false], [false], [true]])).toBe(1);
  });
});

describe('stored counterexamples to readings without null sets', () => {
  const files = globSync(`${IN_SPACE}/{*-intended,map}/*.json`, { cwd: ROOT }).filter(
    (file) => !file.includes('k-finite'),
  );

  test('are open, all of them', () => {
    expect(files.length).toBeGreaterThanOrEqual(81);
    for (const file of files) {
      const { instance, witness } = read(file);
      const isOpen = offKinks(instance.inputs, witness.atoms).some((atoms) => {
        const exact = exactInterpolant(instance.teacher, instance.inputs, atoms);
        const neurons = exact?.directions.filter((_, j) => sign(exact.masses[j]) !== 0) ?? [];
        return neurons.length > 0 && holds(instance, neurons).every(Boolean);
      });
      expect(isOpen, file).toBe(true);
    }
  });

  test('with fewer neurons than inputs too: placements and teachers near it are fitted', () => {
    const { instance, witness } = read(`${IN_SPACE}/k-dim-plus-1-intended/ee0d63533ce6e04b.json`);
    expect(instance.width).toBeLessThan(instance.inputs.length);
    // Its solver's network has a kink at an input, from which it is moved.
    expect(offKinks(instance.inputs, witness.atoms)).toHaveLength(3);
    const random = randomSource('near');
    const near = (row: readonly number[], by: number) =>
      row.map((entry) => entry + by * (2 * random.uniform() - 1));
    for (let k = 0; k < 20; k += 1) {
      const moved = instanceOf(
        instance.teacher.directions.map((row) => near(row, 1e-9)),
        instance.inputs.map((row) => near(row, 1e-9)),
      );
      const [atoms] = offKinks(instance.inputs, witness.atoms);
      const exact = exactInterpolant(moved.teacher, moved.inputs, atoms);
      expect(exact?.masses.length).toBe(instance.width);
      expect(exact && isLess(exact.norm, 1)).toBe('yes');
    }
  });
});

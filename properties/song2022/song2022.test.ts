import { describe, expect, test } from 'vitest';
import type { Tools } from '../../src/claims/index.js';
import { certifies, outcomeOf } from '../../src/claims/index.js';
import { dot, formatRational, randomSource, unitSphere } from '../../src/math/index.js';
import type { Vector } from '../../src/model/index.js';
import { teacherValue, unitTeacher } from '../../src/theory/index.js';
import type { CondensationInstance } from './shared/condensation-instance.js';
import { certifyOnData, concludeOnData, confirmOnData } from './shared/data-condensation.js';
import { decideOnData } from './shared/data-decision.js';
import { exactInterpolant } from './shared/interpolant-certificate.js';
import { openFamily, planeFamily } from './shared/planar-families.js';
import { certifyPopulation, confirmPopulation } from './shared/population-certificate.js';
import { decidePopulation, studentArrows } from './shared/population-condensation.js';

function instanceOf(
  inner: readonly Vector[],
  outer: readonly number[],
  inputs: readonly Vector[] = [],
  width = 60,
): CondensationInstance {
  const inputDim = inner[0].length;
  const teacher = unitTeacher({ activation: { name: 'relu' }, inputDim, inner, outer });
  return { teacher, width, inputs, trained: false };
}

const tools = { random: randomSource('song2022 tests'), attack: 1 } as unknown as Tools;

describe('decidePopulation', () => {
  const u = [0.6, 0.8];
  const minus = [-0.6, -0.8];
  const cases: [string, Vector[], number[], string, string | null][] = [
    ['distinct lines', [u, [1, 0], [0, 1]], [1, -1, 1], 'condenses', null],
    ['equal neurons merge', [u, u], [1, 1], 'fails', 'equal'],
    ['neurons cancel', [u, u], [1, -1], 'fails', 'smaller'],
    ['an antiparallel pair alone', [u, minus], [1, 1], 'condenses', null],
    ['a linear pair alone', [u, minus], [1, -1], 'condenses', null],
    [
      'a linear pair and a neuron that absorbs it',
      [
        [1, 0],
        [-1, 0],
        [-0.6, 0.8],
      ],
      [1, -1, 1],
      'fails',
      'smaller',
    ],
    [
      'a linear pair and a neuron that cannot',
      [
        [1, 0],
        [-1, 0],
        [0.6, 0.8],
      ],
      [1, -1, 1],
      'condenses',
      null,
    ],
    [
      'three pairs in the plane',
      [[1, 0], [-1, 0], [0, 1], [0, -1], u, minus],
      [1, 1, 1, 1, 1, 1],
      'fails',
      'equal',
    ],
  ];
  test.each(cases)('%s', (_name, inner, outer, status, how) => {
    const instance = instanceOf(inner, outer);
    const decision = decidePopulation(instance.teacher, instance.width);
    expect(decision.status).toBe(status);
    const certificate = certifyPopulation(instance, false);
    if (decision.status !== 'fails') {
      expect(certificate).toBeNull();
      return;
    }
    expect(decision.how).toBe(how);
    expect(certificate !== null && certifies(certificate)).toBe(true);
    expect(confirmPopulation(instance, 'clause', false)?.violated).toBe(true);
    // The arrows are neurons |a|b; in pairs ± of a line they reproduce the kinks, checked at random points.
    const { student, norm } = decision;
    expect(studentArrows(instance.teacher, student).length).toBeLessThanOrEqual(student.neurons);
    expect(norm).toBeLessThanOrEqual(outer.length);
  });

  test('a student with more neurons than m does not count', () => {
    const inner = [
      [1, 0],
      [-1, 0],
      [-0.6, 0.8],
      [-0.8, -0.6],
    ];
    const wide = decidePopulation(instanceOf(inner, [1, -1, 1, 1]).teacher, 60);
    expect(wide.status).toBe('fails');
    const narrow = decidePopulation(instanceOf(inner, [1, -1, 1, 1]).teacher, 4);
    expect(narrow.status).toBe('undecided');
  });
});

describe('concludeOnData', () => {
  test('three inputs in every sector hold the teacher', async () => {
    const inputs = Array.from({ length: 12 }, (_, k) => {
      const angle = (2 * Math.PI * (k + 0.5)) / 12;
      return [Math.cos(angle), Math.sin(angle)];
    });
    const instance = instanceOf(
      [
        [1, 0],
        [0, 1],
      ],
      [1, -1],
      inputs,
    );
    expect(outcomeOf(await concludeOnData(instance, tools))).toBe('holds');
  });

  test('two inputs next to the walls do not, and the smaller interpolant is certified', async () => {
    const inputs = [
      [1, 0.01],
      [-1, 0.01],
      [1, -0.1],
      [-1, -0.1],
    ];
    const instance = instanceOf([[0, 1]], [1], inputs);
    const conclusion = await concludeOnData(instance, tools);
    expect(outcomeOf(conclusion)).toBe('violated');
    if (conclusion.status !== 'decided') throw new Error('not decided');
    expect(conclusion.measurements?.upper).toBeLessThanOrEqual(0.2 + 1e-9);
    const violation = { clause: conclusion.clauses[0], conclusion };
    const assumed = { perCell: 2, named: 2, cells: 'closed', distinctLines: true } as const;
    const certificate = certifyOnData(instance, violation, assumed);
    expect(certificate !== null && certifies(certificate)).toBe(true);
    // One input more than there are makes the same certificate fail.
    const tooMany = certifyOnData(instance, violation, { ...assumed, perCell: 3 });
    expect(tooMany !== null && certifies(tooMany)).toBe(false);
    const confirmation = confirmOnData(instance, violation, assumed);
    if (confirmation !== null) expect(confirmation.violated).toBe(true);
  });

  test('inputs in a plane: the projected teacher, sparse and exact', async () => {
    const inputs = [
      [1, 0.5, 0],
      [2, -0.25, 0],
      [1, 3, 0],
      [-1, 0.5, 0],
      [-2, -0.25, 0],
      [-1, 4, 0],
    ];
    const instance = instanceOf([[0.6, 0, 0.8]], [1], inputs, 2);
    const conclusion = await concludeOnData(instance, tools);
    if (conclusion.status !== 'decided') throw new Error('not decided');
    expect(conclusion.measurements?.upper).toBeCloseTo(0.6, 6);
    const violation = { clause: conclusion.clauses[0], conclusion };
    const assumed = { perCell: 3, named: 3, cells: 'open', distinctLines: false } as const;
    const certificate = certifyOnData(instance, violation, assumed);
    expect(certificate !== null && certifies(certificate)).toBe(true);
    // Such placements are a null set: where these are excluded, nothing is shown.
    const generic = certifyOnData(instance, violation, { ...assumed, distinctLines: true });
    expect(generic?.checks.find(({ holds }) => !holds)?.what).toMatch(/^open: /);
    const confirmed = confirmOnData(instance, violation, { ...assumed, distinctLines: true });
    expect(confirmed?.violated ?? false).toBe(false);
  });
});

describe('decideOnData', () => {
  const walls = [
    [1, 0.01],
    [-1, 0.01],
    [1, -0.1],
    [-1, -0.1],
  ];

  test('students narrower than the sample need an interpolant that fits exactly', async () => {
    const wide = await decideOnData(instanceOf([[0, 1]], [1], walls, 4));
    expect(wide.status).toBe('fails');
    const narrow = await decideOnData(instanceOf([[0, 1]], [1], walls, 2));
    expect(narrow).toMatchObject({
      status: 'undecided',
      reason: expect.stringMatching(/^the interpolant of smaller norm found has \d neurons, more/),
    });
  });

  test('draws that train a student carry the bounds of a second solver', async () => {
    const decision = await decideOnData({ ...instanceOf([[0, 1]], [1], walls, 4), trained: true });
    if (decision.status !== 'fails') throw new Error('not refuted');
    expect(decision.upper).toBeLessThanOrEqual(0.2 + 1e-9);
    expect(decision.measurements['programLower']).toBeLessThanOrEqual(decision.upper + 1e-6);
    expect(decision.measurements['programUpper']).toBeLessThanOrEqual(0.2 + 1e-6);
    expect(decision.atoms.length).toBeLessThanOrEqual(4);
  });

  test('many inputs, more than linear programs take, in space', async () => {
    const random = randomSource('many inputs in space');
    const inputs = Array.from({ length: 50 }, () => unitSphere(random, 3));
    const decision = await decideOnData(instanceOf([[0.6, 0, 0.8]], [-1], inputs, 2));
    expect(decision.status).toBe('condenses');
  });
});

test('exactInterpolant fits without rounding and encloses the norm', () => {
  const random = randomSource('exact interpolant');
  const inputs = Array.from({ length: 6 }, () => [random.uniform() - 0.5, random.uniform() - 0.5]);
  const { teacher } = instanceOf(
    [
      [0.6, 0.8],
      [1, 0],
    ],
    [1, -1],
  );
  const exact = exactInterpolant(teacher, inputs, []);
  if (exact === null) throw new Error('no interpolant');
  expect(formatRational(exact.misfit)).toBe('0');
  const masses = exact.masses.map((m) => Number(m.numerator) / Number(m.denominator));
  const value = (x: Vector) =>
    masses.reduce((s, mass, j) => s + mass * Math.max(0, dot(exact.directions[j], x)), 0);
  for (const input of inputs) expect(value(input)).toBeCloseTo(teacherValue(teacher, input), 8);
  const total = masses.reduce((s, mass) => s + Math.abs(mass), 0);
  expect(exact.norm.lower).toBeLessThanOrEqual(total * (1 + 1e-12));
  expect(exact.norm.upper).toBeGreaterThanOrEqual(total * (1 - 1e-12));
});

test.each([planeFamily, openFamily])('family $id: every exact check holds', ({ verify }) => {
  const checks = verify();
  expect(checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(checks.length).toBeGreaterThan(20);
});

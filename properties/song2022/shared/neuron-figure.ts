import type { Figure, FigureSource, Mark } from '../../../src/claims/index.js';
import { norm, scale, unitVector } from '../../../src/math/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import type { CondensationWitness } from './data-condensation.js';

/** Neurons lighter than this share of the heaviest are left out of the picture. */
const VISIBLE = 1e-3;

/**
 * Teacher and student neurons |a|b in the plane (of the first two coordinates for d > 2) for a counterexample;
 * without one, the margins of the trials.
 */
export function neuronFigure(source: FigureSource<CondensationInstance>): Figure {
  const { counterexample } = source;
  if (counterexample === null) return marginFigure(source);
  const { instance, conclusion } = counterexample;
  const { teacher } = instance;
  const students = arrowsOf(conclusion.witness as CondensationWitness | undefined);
  const heaviest = Math.max(0, ...students.map((student) => norm(student)));
  const marks: Mark[] = [
    {
      kind: 'arrows',
      name: 'teacher |a|b',
      points: teacher.directions.map((direction, k) =>
        arrow(scale(1 / teacher.lengths[k], direction)),
      ),
    },
    {
      kind: 'arrows',
      name: 'student |a|b',
      points: students
        .filter((student) => norm(student) >= VISIBLE * heaviest && norm(student) > 0)
        .map((student) => arrow(student)),
    },
  ];
  if (instance.inputs.length > 0) {
    marks.push({
      kind: 'points',
      name: 'inputs',
      points: instance.inputs.map((input) => flat(unitVector(input))),
    });
  }
  const norms = students.reduce((sum, student) => sum + norm(student), 0);
  return {
    title: `Teacher of norm ${teacher.signs.length}, student of norm ${norms.toPrecision(4)}`,
    caption:
      'Neurons |a|b as arrows from 0, first two coordinates. Were the claim true, every student arrow would lie on a teacher’s line and those of one line would add up to length 1 for each teacher neuron.',
    x: { label: 'first coordinate', scale: 'linear' },
    y: { label: 'second coordinate', scale: 'linear' },
    square: true,
    marks,
  };
}

function flat(vector: readonly number[]): [number, number] {
  return [vector[0], vector[1] ?? 0];
}

function arrow(vector: readonly number[]): readonly [number, number, number, number] {
  return [0, 0, ...flat(vector)];
}

function arrowsOf(witness: CondensationWitness | undefined): readonly (readonly number[])[] {
  if (witness === undefined) return [];
  if (witness.kind === 'everywhere') return witness.arrows;
  return witness.atoms.map(({ direction, mass }) => scale(Math.abs(mass), direction));
}

function marginFigure({ trials }: FigureSource<CondensationInstance>): Figure {
  const proved = trials.flatMap(({ measurements }) =>
    measurements?.lower === undefined
      ? []
      : ([[measurements.N ?? 0, measurements.lower / measurements.m0]] as const),
  );
  const trained = trials.flatMap(({ measurements }) =>
    measurements?.trainedNorm === undefined
      ? []
      : ([[measurements.N ?? 0, measurements.trainedNorm / measurements.m0]] as const),
  );
  return {
    title: 'Certified smallest norm of a fitting student, over m₀',
    caption:
      'Lower bounds from dual certificates, and norms of students trained with weight decay (biased downwards). Were the claim false, a certified upper bound below 1 would be found.',
    x: { label: 'number of inputs N', scale: 'linear' },
    y: { label: 'norm / m₀', scale: 'linear' },
    marks: [
      { kind: 'points', name: 'certified lower bound', points: proved },
      { kind: 'points', name: 'trained student', points: trained },
      { kind: 'horizontal', name: 'm₀', at: 1 },
    ],
  };
}

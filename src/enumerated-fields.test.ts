import { describe, expect, test } from 'vitest';
import * as falsum from './index.js';

// Wherever the types have a tagged union, JavaScript and casts can hold a value that no branch was written for. What
// must not happen is that some other branch answers for it.

const random = (): falsum.RandomSource => falsum.randomSource('enumerated');
/** A value of another type, as a cast lets it in. */
const as = (value: unknown): never => value as never;

const law = { dimension: 2 };
const plane = { inputDim: 2, directions: [[1, 0]], signs: [1] } as unknown as falsum.UnitTeacher;
const points = { inputDim: 2, sampleSize: 2 };
const matrix: falsum.MatrixTeacherSpec = {
  inputDim: 3,
  width: 2,
  spectrum: 'linear',
  condition: 2,
  rightFactor: 'identity',
  scale: 1,
};
const teacher: falsum.TeacherSpec = {
  arrangement: 'generic',
  inputDim: 2,
  signs: [1],
  norms: 'general',
};
const network: falsum.Network = {
  activation: { name: 'relu' },
  inputDim: 1,
  inner: [[1]],
  outer: [1],
};
const dataset: falsum.Dataset = { inputDim: 1, inputs: [[1]], labels: [0] };
const problem: falsum.LossProblem = {
  activation: { name: 'sigmoid' },
  outer: [1],
  dataset,
  lambda: 1,
  scale: 'mean',
};
const program: falsum.LinearProgram = { objective: [1], constraints: [] };

/** Each puts a tag where one of a few is due, and what the field is called. */
const PLACES: Readonly<Record<string, (tag: unknown) => unknown>> = {
  'activation.name of activationValue': (name) => falsum.activationValue(as({ name }), 1),
  'activation.name of activationDerivative': (name) => falsum.activationDerivative(as({ name }), 1),
  'activation.name of activationSecondDerivative': (name) =>
    falsum.activationSecondDerivative(as({ name }), 1),
  'activation.name of activationBounds': (name) => falsum.activationBounds(as({ name })),
  'activation.name of isSmooth': (name) => falsum.isSmooth(as({ name })),
  'activation.name of checkNetwork': (name) =>
    falsum.checkNetwork({ ...network, activation: as({ name }) }),
  'activation.name of evaluate': (name) =>
    falsum.evaluate({ ...network, activation: as({ name }) }, [1]),
  'activation.name of evaluateDeep': (name) =>
    falsum.evaluateDeep(
      { activation: as({ name }), inputDim: 1, hidden: [[[1]]], outer: [1] },
      [1],
    ),
  'activation.name of isBoundedSmooth': (name) => falsum.isBoundedSmooth(as({ name })),
  'activation.name of activationSuprema': (name) => falsum.activationSuprema(as({ name })),
  'activation.name of lossEvaluator': (name) =>
    falsum.lossEvaluator({ ...problem, activation: as({ name }) }),
  'scale of lossEvaluator': (scale) => falsum.lossEvaluator({ ...problem, scale: as(scale) }),
  'scale of dataFactor': (scale) => falsum.dataFactor({ ...problem, scale: as(scale) }),
  'objective.scale of gradientErrorBound': (scale) =>
    falsum.gradientErrorBound(network, dataset, { scale: as(scale) }, 2 ** -53),
  'name of checkInputLaw': (name) => falsum.checkInputLaw(as({ ...law, name })),
  'name of drawInput': (name) => falsum.drawInput(as({ ...law, name }), random()),
  'law.name of isSymmetric': (name) => falsum.isSymmetric(as({ ...law, name })),
  'law.name of hasDensity': (name) => falsum.hasDensity(as({ ...law, name })),
  'law.name of secondMoment': (name) => falsum.secondMoment(as({ ...law, name })),
  'base of checkInputLaw': (base) =>
    falsum.checkInputLaw(
      as({ ...law, name: 'scale-mixture', nearScale: 1, farScale: 2, farProbability: 0.5, base }),
    ),
  'signed of checkInputLaw': (signed) =>
    falsum.checkInputLaw(as({ ...law, name: 'basis-atoms', constant: 1, signed })),
  'half of checkInputLaw': (half) =>
    falsum.checkInputLaw(as({ ...law, name: 'line', direction: [1, 0], half })),
  'name of drawLabels': (name) => falsum.drawLabels(as({ name, scale: 1 }), [[1]], random()),
  'name of meanAbsoluteLabel': (name) => falsum.meanAbsoluteLabel(as({ name, scale: 1 })),
  'name of labelBound': (name) => falsum.labelBound(as({ name, scale: 1 })),
  'arrangement of drawPoints': (arrangement) =>
    falsum.drawPoints({ ...points, arrangement: as(arrangement) }, random()),
  'arrangement of fittingSampleSize': (arrangement) =>
    falsum.fittingSampleSize(as(arrangement), 2, 2),
  'arrangement of drawDirections': (arrangement) =>
    falsum.drawDirections({ arrangement: as(arrangement), inputDim: 2, width: 2 }, random()),
  'arrangement of fittingWidth': (arrangement) => falsum.fittingWidth(as(arrangement), 2, 2),
  'arrangement of drawTeacher': (arrangement) =>
    falsum.drawTeacher({ ...teacher, arrangement: as(arrangement) }, random()),
  'norms of drawTeacher': (norms) => falsum.drawTeacher({ ...teacher, norms: as(norms) }, random()),
  'spectrum of drawMatrixTeacher': (spectrum) =>
    falsum.drawMatrixTeacher({ ...matrix, spectrum: as(spectrum) }, random()),
  'rightFactor of drawMatrixTeacher': (rightFactor) =>
    falsum.drawMatrixTeacher({ ...matrix, rightFactor: as(rightFactor) }, random()),
  'a right factor of matrixTeacherSpecs': (factor) =>
    falsum.matrixTeacherSpecs({ inputDim: 2, rightFactors: [as(factor)] }),
  'placement of drawCircleInputs': (placement) =>
    falsum.drawCircleInputs({ placement: as(placement), perSector: 2 }, plane, random()),
  'placement of drawCellInputs': (placement) =>
    falsum.drawCellInputs({ placement: as(placement), perCell: 2 }, plane, random()),
};

describe('a tag that a tagged union does not have is refused', () => {
  const wrong = ['ReLU', 'constructor', '__proto__', '', 'toString', undefined, null, 7];
  test.each(Object.keys(PLACES))('%s', (place) => {
    const field = place.slice(0, place.indexOf(' of '));
    for (const tag of wrong) {
      expect(() => PLACES[place](tag), String(tag)).toThrow(RangeError);
      expect(() => PLACES[place](tag), String(tag)).toThrow(`: ${field} must be one of `);
    }
  });

  test('solveLinearProgram refuses kinds of variables and of optima', async () => {
    for (const tag of wrong.filter((value) => value !== undefined)) {
      await expect(falsum.solveLinearProgram({ ...program, variables: as(tag) })).rejects.toThrow(
        'variables must be one of non-negative, free, bounds, got ',
      );
      await expect(falsum.solveLinearProgram({ ...program, maximise: as(tag) })).rejects.toThrow(
        'maximise must be one of undefined, false, true, got ',
      );
    }
  });
});

test('the list of activations holds what the functions know', () => {
  for (const name of falsum.ACTIVATION_NAMES) {
    const activation = as({ name, beta: 2, value: 3 });
    expect(Number.isFinite(falsum.activationValue(activation, 0.3))).toBe(true);
    expect(Number.isFinite(falsum.activationDerivative(activation, 0.3))).toBe(true);
  }
  expect(new Set(falsum.ACTIVATION_NAMES).size).toBe(Object.keys(falsum.ACTIVATION_PHRASES).length);
});

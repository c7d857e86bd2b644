export { gibbsGapBound, gibbsStepThreshold, gapFormula, logUnitBallVolume } from './gibbs-gap.js';
export type { GapBound, GapTerms } from './gibbs-gap.js';
export { gibbsGap } from './gibbs-quadrature.js';
export type { ConfinedFunction, GibbsGap } from './gibbs-quadrature.js';
export { dataFactor, lossEvaluator } from './loss-derivatives.js';
export type { LossDerivatives, LossEvaluator, LossProblem } from './loss-derivatives.js';
export { activationSuprema, isBoundedSmooth } from './villani-activations.js';
export type { ActivationSuprema } from './villani-activations.js';
export { attackVillani } from './villani-attack.js';
export type { SphereMinimum, VillaniAttack } from './villani-attack.js';
export { unregularisedEscape } from './villani-escape.js';
export type { Escape } from './villani-escape.js';
export {
  functionalLowerBound,
  growthFormula,
  growthRadius,
  growthRadiusFormula,
  smoothnessBound,
  stationaryRadius,
  villaniGrowthBound,
} from './villani-growth.js';
export type { GrowthBound } from './villani-growth.js';
export { largestInputNorm, thresholdFormula, villaniThreshold } from './villani-threshold.js';
export {
  LOG_CONCAVE_HALFSPACE_MASS,
  binaryCubeHalfspaceMass,
  gaussianHalfspaceMass,
  halfspaceMassFromMean,
  shiftedGaussianHalfspaceMass,
  signedBasisHalfspaceMass,
  sphereHalfspaceMass,
  studentHalfspaceMass,
  symmetricHalfspaceMassBound,
} from './halfspace-mass.js';
export {
  gaussianReluMean,
  independentReluMeanBound,
  rademacherReluMean,
  shiftedGaussianReluMean,
  signedBasisReluMean,
  sphereReluMean,
  studentReluMean,
} from './relu-mean.js';
export {
  admissibleRadius,
  contractionFactor,
  demandedSampleSize,
  demandedSampleSizePrinted,
  errorBound,
  spectrumConstants,
  statisticalTerm,
  stepSizeLimit,
} from './linear-convergence-bounds.js';
export type { SpectrumConstants } from './linear-convergence-bounds.js';
export { reluKernel, reluKernelGradient } from './population-kernel.js';
export { populationGradient, populationHessian, populationLoss } from './population-loss.js';
export { linearisedStep, populationStep } from './population-step.js';
export type { StepContraction } from './population-step.js';
export { spectrumEnds } from './symmetric-extremes.js';
export type { Eigenpair, SpectrumEnds } from './symmetric-extremes.js';
export { fatShatteringUpperBound, lineFatShatteringDimension } from './fat-shattering.js';
export { singularValuesOf } from './singular-values.js';

export { populationMinimum } from './population-norm.js';
export type { PopulationMinimum } from './population-norm.js';
export { arrangementCells, countPerCell, sideOf } from './sectors.js';
export type { Cell, CellCount } from './sectors.js';
export { sectorCertificate } from './sectors-certificate.js';
export {
  normDefectExact,
  rationalDirection,
  teacherLines,
  teacherNetwork,
  teacherValue,
  teacherValueExact,
  unitTeacher,
} from './sectors-teacher.js';
export type { TeacherLine, UnitTeacher } from './sectors-teacher.js';

export { ACTIVATION_PHRASES, activationLabel, activations } from './activations.js';
export { DATASET_PHRASES, datasetLabels, datasetSpecs, drawDataset } from './datasets.js';
export type { DatasetLabel, DatasetSpec } from './datasets.js';
export { ARRANGEMENT_NEEDS, drawDirections, fittingWidth, turned } from './directions.js';
export type { DirectionArrangement, DirectionsSpec } from './directions.js';
export { covarianceFactor, drawInput, drawInputs, inputSampler } from './draw-inputs.js';
export type { InputSampler } from './draw-inputs.js';
export { generator } from './generator.js';
export type { Generator, Labelled } from './generator.js';
export { INPUT_LAW_MEMBERS, inputLawLabel, inputLawPhrases } from './input-law-labels.js';
export type { InputLawLabel, InputLawMember } from './input-law-labels.js';
export { inputLaws } from './input-laws.js';
export { drawLabelLaw, labelLawSpecs } from './label-law-specs.js';
export type { LabelLawSpec } from './label-law-specs.js';
export {
  drawLabels,
  LABEL_LAW_PHRASES,
  labelBound,
  labelLawLabel,
  meanAbsoluteLabel,
} from './label-laws.js';
export type { LabelLaw, LabelLawName } from './label-laws.js';
export {
  drawMatrixTeacher,
  MATRIX_TEACHER_PHRASES,
  matrixTeacherLabels,
  matrixTeacherSpecs,
  teacherSingularValues,
} from './matrix-teachers.js';
export type {
  MatrixTeacherLabel,
  MatrixTeacherSpec,
  RightFactor,
  Spectrum,
} from './matrix-teachers.js';
export { drawPoints, fittingSampleSize, POINT_NEEDS } from './points.js';
export type { PointArrangement, PointsSpec } from './points.js';
export { dataSeeds, oneTwoFive } from './pool.js';
export type { IntegerRange } from './pool.js';
export { lawDraw, search, seedOf, stratumDraw, testDraw } from './streams.js';
export type { Draw, SearchDraw, SearchFind, TestDraw } from './streams.js';
export { drawTeacher, TEACHER_PHRASES, teacherLabels, teacherSpecs } from './teachers.js';
export type { TeacherLabel, TeacherNorms, TeacherSpec } from './teachers.js';

export { drawCircleInputs } from './inputs-on-circle.js';
export type { CirclePlacement } from './inputs-on-circle.js';
export { drawCellInputs, subspaceDimension } from './inputs-per-cell.js';
export type { CellInputsSpec, CellPlacement } from './inputs-per-cell.js';

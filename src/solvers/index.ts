export { solveLinearProgram } from './linear-program.js';
export type {
  LinearConstraint,
  LinearProgram,
  LinearProgramSolution,
  SparseRow,
  VariableBounds,
} from './linear-program.js';
export {
  DEPTH_DIMENSION_LIMIT,
  VERTEX_DIMENSION_LIMIT,
  halfspaceDepth,
  outerNormSupremum,
  reluMinimumMean,
  sigmoidMinimumMeanLowerBound,
  smallMeanDirections,
  stepColumns,
  vertexDirections,
} from './self-regularity/index.js';
export type {
  Columns,
  DirectionSearchEffort,
  HalfspaceDepth,
  MinimumMean,
  OuterNormSupremum,
  StepColumns,
  VertexDirections,
} from './self-regularity/index.js';
export { checkExactShattering, exactShattering, shatteredCount } from './fat-shattering/index.js';
export type {
  ExactShattering,
  ExactShatteringCheck,
  ShatteredCount,
  ShatteredCountOptions,
  ShatteringInstance,
} from './fat-shattering/index.js';
export {
  completeInterpolant,
  decideCondensation,
  decideReference,
  evaluateDual,
  minimumNormByLinearPrograms,
  prepareProblem,
  priceDirections,
  regularisationPath,
  regularisedMinimum,
  solveMinimumNorm,
  sparserNetwork,
} from './minimum-norm/index.js';
export type {
  Atom,
  CondensationDecision,
  CondensationOptions,
  Interpolant,
  InterpolationProblem,
  MinimumNormOptions,
  MinimumNormResult,
  PreparedProblem,
  PricedDirection,
  Pricing,
  ReferenceDecision,
  ReferenceOptions,
  RegularisedOptions,
  RegularisedResult,
  UnitProblem,
} from './minimum-norm/index.js';

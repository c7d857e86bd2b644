export { solveLinearProgram } from './linear-program.js';
export type {
  LinearConstraint,
  LinearProgram,
  LinearProgramSolution,
  SparseRow,
  VariableBounds,
} from './linear-program.js';

export {
  certificateFlaw,
  certifies,
  confirmationFlaw,
  settledBy,
  settling,
} from './certificate.js';
export type {
  ArguedAssumption,
  Certificate,
  CertificateData,
  Confirmation,
  ExactCheck,
  Grade,
} from './certificate.js';
export {
  cite,
  claim,
  existential,
  identity,
  limit,
  observation,
  probable,
  scaling,
  tex,
  universal,
} from './claim.js';
export type { AnyReading, Citation, Claim, OpaqueInstance, Standing } from './claim.js';
export {
  atLeast,
  atMost,
  decided,
  gaveUp,
  oneSided,
  outcomeOf,
  tightestClause,
  within,
} from './conclusion.js';
export type {
  Clause,
  Conclusion,
  Decided,
  DecidedBy,
  Enclosure,
  GaveUp,
  TrialOutcome,
} from './conclusion.js';
export type { Suspect, TrialRecord } from './evidence-types.js';
export type {
  Axis,
  Chart,
  Figure,
  FigureTable,
  Mark,
  PhaseDiagram,
  Steps,
  Tile,
} from './figure.js';
export type {
  Assumption,
  Control,
  Coverage,
  Deciding,
  Effort,
  ExistentialReading,
  Family,
  FigureSource,
  Groups,
  IdentityReading,
  Kind,
  Ladder,
  LimitReading,
  ObservationReading,
  ProbableReading,
  Profile,
  Reading,
  ReadingBase,
  Rung,
  ScalingReading,
  Tools,
  UniversalReading,
  Violation,
} from './reading.js';
export { checkSameConclusion, checkSameDraw, checkUnchanged, plainInstance } from './purity.js';
export { scaleSides } from './controls.js';
export { excludedText, exponentText, growthLines, growthPhrase } from './growth-phrase.js';
export type { Growth, GrowthLine } from './growth-phrase.js';
export type { Reported, ReportedMean, ReportedReplicate, ReportedShare } from './reported.js';
export { sharpnessOf, sharpnessPhrase } from './sharpness.js';
export type { Sharpness } from './sharpness.js';
export { featuresOf } from './features.js';
export type { Features } from './features.js';
export { histogramsOf } from './histogram.js';
export type { Bin, Histogram, NumericRange } from './histogram.js';
export { dropping } from './simplifier.js';
export type { Simplifier } from './simplifier.js';
export { familyCertificate } from './family-certificate.js';
export { mutantsOf } from './mutants.js';
export type { Mutant } from './mutants.js';
export { stratumOf } from './stratum.js';
export {
  drawsOf,
  judge,
  mergeTallies,
  onLadderAlone,
  rungsToExtend,
  standing,
  suspectsToDraw,
  tallyOf,
} from './judges/index.js';
export type {
  ConstantTally,
  Evidence,
  GradedFind,
  Judged,
  Levels,
  RungTally,
  StratumTally,
  SuspectAtEnd,
  Tally,
  VerifiedFamily,
} from './judges/index.js';
export { ClaimFault } from './claim-fault.js';
export type { FaultyDraw } from './claim-fault.js';
export {
  guarded,
  nearestAssumption,
  onDraw,
  runControlTrial,
  runTrial,
  withDraw,
} from './trial.js';
export type { Trial, TrialContext } from './trial.js';
export { ALPHA, CONFIDENCE, DEFAULT_EFFORT } from './verdict.js';
export type {
  ExcludedGrowth,
  Judgement,
  RungSummary,
  StrataSummary,
  StratumSummary,
  Verdict,
} from './verdict.js';
export { watchClaimCode } from './watch.js';
export type { Watch } from './watch.js';

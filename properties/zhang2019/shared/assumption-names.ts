/** The names of the theorem's assumptions, for the readings and for the certificates that settle them. */
export const ASSUMED = {
  start: 'the initial estimator is close to the teacher',
  step: 'the step size is within its limit',
  sample: 'the sample is as large as demanded',
  dimensions: 'there are at least as many dimensions as neurons',
} as const;

/** How the families, all of one column, satisfy the one that they do not check. */
export const ONE_COLUMN = [{ name: ASSUMED.dimensions, argument: 'K = 1 and d ≥ 1.' }] as const;

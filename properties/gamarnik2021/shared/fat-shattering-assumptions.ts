import type { Assumption } from '../../../src/claims/index.js';
import type { FatShatteringInstance } from './fat-shattering-instances.js';

type Assumed = Assumption<FatShatteringInstance>;

export const LARGE_NORM: Assumed = {
  name: 'A ≥ 1',
  tex: String.raw`A \ge 1`,
  margin: ({ outerNorm }) => outerNorm - 1,
};

export const ADMITTED_WIDTH: Assumed = {
  name: '0 < γ ≤ 𝓜A',
  tex: String.raw`0 < \gamma \le \mathcal M A`,
  margin: ({ magnitude, outerNorm, width }) => (width > 0 ? magnitude * outerNorm - width : -1),
};

export const POSITIVE_MAGNITUDE: Assumed = {
  name: '𝓜 > 0',
  tex: String.raw`\mathcal M > 0`,
  margin: ({ magnitude }) => magnitude || -1,
};

export const ASSUMPTIONS: readonly Assumed[] = [LARGE_NORM, ADMITTED_WIDTH, POSITIVE_MAGNITUDE];

import type { GrowthLine } from '../claims/index.js';
import { growthLines } from '../claims/index.js';

/** The part of a result of `falsify --json` that says what a ladder showed; infinities are written as text. */
export interface StoredGrowth {
  readonly exponents?: unknown;
  readonly exponentLimits?: unknown;
  readonly excludedGrowth?: unknown;
  readonly evidence?: unknown;
}

/** What the last run said of exponents: of the ledger's evidence where that decided. Nothing where it says nothing. */
export function storedGrowth(result: StoredGrowth): GrowthLine[] {
  const { evidence } = result;
  const { exponents, exponentLimits, excludedGrowth } =
    isRecord(evidence) && evidence['decides'] === true ? (evidence as StoredGrowth) : result;
  return growthLines({
    exponents: mapped(exponents, Number),
    exponentLimits: mapped(exponentLimits, (value) => ({
      lower: field(value, 'lower', -Infinity),
      upper: field(value, 'upper', Infinity),
    })),
    excludedGrowth: mapped(excludedGrowth, (value) => ({
      from: field(value, 'from', Infinity),
      needed: isRecord(value) && value['needed'] !== null ? field(value, 'needed', NaN) : null,
    })),
  });
}

function mapped<T>(values: unknown, as: (value: unknown) => T): Record<string, T> {
  if (!isRecord(values)) return {};
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, as(value)]));
}

function field(value: unknown, name: string, missing: number): number {
  return isRecord(value) && value[name] !== undefined ? Number(value[name]) : missing;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

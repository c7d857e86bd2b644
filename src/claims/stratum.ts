import type { AnyReading } from './claim.js';

/** What joins the labels of a stratum. */
const TIMES = ' × ';

/** A label that names the member of a pool, such as `input:gaussian`. */
const MEMBER = /^[^\s:]+:\S/;

/** The members of pools that a stratum is named by; one for strata that are named otherwise. */
export function membersOf(stratum: string): string[] {
  return stratum.split(TIMES);
}

/**
 * The stratum that labels tell: the members of pools among them, such as `input:gaussian × label:zero`, and all labels
 * where they name none. Null without labels.
 */
export function stratumByLabels(labels: readonly string[]): string | null {
  const members = labels.filter((label) => MEMBER.test(label));
  const told = members.length > 0 ? members : labels;
  return told.length === 0 ? null : told.join(TIMES);
}

/**
 * The stratum of a reading that labels tell; null where they tell none, and for kinds without strata.
 *
 * @throws TypeError when the reading's own function gives anything but a text or null
 */
export function stratumOf(reading: AnyReading, labels: readonly string[]): string | null {
  if (reading.kind !== 'limit') return null;
  const stratum: unknown = (reading.stratum ?? stratumByLabels)(labels);
  if (stratum !== null && (typeof stratum !== 'string' || stratum === '')) {
    throw new TypeError(`stratum must give a text or null, got ${JSON.stringify(stratum)}`);
  }
  return stratum;
}

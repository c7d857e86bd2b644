import { inWords } from '../files/index.js';
import type { LoadedClaim } from '../running/index.js';
import { loadBuiltInClaims, loadUserClaims } from '../running/index.js';
import { UsageError } from './errors.js';
import { REPORTS_MEND } from './own-files.js';

/** The claims of a command: the user's files where --properties is given, else the built-in ones. */
export async function claimsFor(properties: readonly string[]): Promise<LoadedClaim[]> {
  return properties.length === 0 ? loadBuiltInClaims() : loadUserClaims(properties, process.cwd());
}

/**
 * The claims whose id or catalogue id matches one of the patterns; `*` stands for any text.
 *
 * @throws UsageError when a pattern matches nothing
 */
export function select(claims: readonly LoadedClaim[], patterns: readonly string[]): LoadedClaim[] {
  if (patterns.length === 0) return [...claims];
  const chosen = new Set<LoadedClaim>();
  for (const pattern of patterns) {
    const matches = claims.filter(
      ({ claim }) =>
        globMatches(pattern, claim.id) ||
        (claim.catalogue !== null && globMatches(pattern, claim.catalogue)),
    );
    if (matches.length === 0) {
      throw new UsageError(
        `no claim matches "${pattern}"${suggestion(claims, pattern)}; "falsum list" shows all`,
      );
    }
    for (const match of matches) chosen.add(match);
  }
  return claims.filter((claim) => chosen.has(claim));
}

/** One claim by its id or catalogue id. @throws UsageError when there is none or more than one */
export function selectOne(claims: readonly LoadedClaim[], name: string): LoadedClaim {
  const matches = select(claims, [name]);
  if (matches.length > 1) {
    throw new UsageError(
      `"${name}" matches ${matches.length} claims (${matches.map((m) => m.claim.id).join(', ')}); name one`,
    );
  }
  return matches[0];
}

/** Checks that the readings exist in at least one claim. @throws UsageError otherwise */
export function checkReadings(claims: readonly LoadedClaim[], readings: readonly string[]): void {
  for (const reading of readings) {
    if (!claims.some(({ claim }) => Object.hasOwn(claim.readings, reading))) {
      const all = [...new Set(claims.flatMap(({ claim }) => Object.keys(claim.readings)))];
      throw new UsageError(
        `--reading: no chosen claim has "${reading}"; they have ${all.join(', ')}`,
      );
    }
  }
}

function globMatches(pattern: string, value: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('.*');
  return new RegExp(`^${source}$`, 'i').test(value);
}

function suggestion(claims: readonly LoadedClaim[], pattern: string): string {
  const needle = pattern.toLowerCase().replaceAll('*', '');
  const near = claims.filter(({ claim }) => {
    const names = [claim.id, claim.catalogue ?? ''].map((name) => name.toLowerCase());
    return needle.length > 1 && names.some((name) => name.includes(needle));
  });
  return near.length === 0 ? '' : ` (did you mean ${near.map((n) => n.claim.id).join(', ')}?)`;
}

/** An error of the system about a folder as one line. */
export function unwritable(folder: string, error: unknown): unknown {
  return inWords(folder, 'written', error, REPORTS_MEND);
}

import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import type { AnyReading, Certificate, Claim, OpaqueInstance } from '../../claims/index.js';
import type { Json } from '../../model/index.js';
import { decodeJson } from '../../model/index.js';
import { gamarnikFamilyHolds } from './oracle-gamarnik.js';
import { everywhereStudentHolds, interpolantHolds, planarFamilyHolds } from './oracle-song.js';
import { gibbsHolds, growthHolds } from './oracle-villani.js';
import { vanishingFamilyHolds } from './oracle-zhang.js';

/**
 * Decides whether what a certificate states is true, without the checker: by the claims' own assumptions and theory, the
 * exact numbers of src/math, 64-digit decimals and plain floating point.
 */

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const claims: readonly Claim[] = await Promise.all(
  globSync('properties/**/*.property.ts', { cwd: ROOT, absolute: true }).map(
    async (file) => ((await import(file)) as { default: Claim }).default,
  ),
);

/** The parts of a file that state something. */
export interface Stated {
  readonly claim: string;
  readonly reading: string;
  readonly version: number;
  readonly form: string;
  readonly clause: string;
  readonly instance: Json;
  readonly lhs: Json;
  readonly rhs: Json;
  readonly certificate: {
    readonly data: Readonly<Record<string, Json>>;
    readonly checks: readonly Readonly<Record<'left' | 'relation' | 'right' | 'what', string>>[];
  };
}

/** Whether instance and data refute the reading; a claim's code that throws on them decides no. */
export async function isTrue(stated: Stated): Promise<boolean> {
  const claim = claims.find(({ id }) => id === stated.claim);
  const reading = claim?.readings[stated.reading];
  if (claim === undefined || reading === undefined || stated.version !== claim.version)
    return false;
  try {
    return stated.form === 'family'
      ? familyIsTrue(reading, stated)
      : await instanceIsTrue(reading, stated);
  } catch {
    return false;
  }
}

/** The certificate that the claim's own code gives for the instance of a file, from the file's witness. */
export function certificateOf(json: Json): Certificate | null {
  const file = json as unknown as Stated & { readonly witness: Json };
  const reading = claims.find(({ id }) => id === file.claim)?.readings[file.reading];
  const witness = decodeJson(file.witness);
  const clause = {
    name: file.clause,
    lhs: file.lhs as number,
    rhs: 0,
    margin: { lower: -1, upper: -1 },
  };
  const conclusion = { status: 'decided', clauses: [clause], decidedBy: 'exact', witness } as const;
  const instance = decodeJson(file.instance) as unknown as OpaqueInstance;
  return reading?.certify?.(instance, { clause, conclusion }) ?? null;
}

async function instanceIsTrue(reading: AnyReading, stated: Stated): Promise<boolean> {
  const instance = decodeJson(stated.instance) as unknown as OpaqueInstance;
  const { data } = stated.certificate;
  if (reading.assumptions.some(({ margin }) => !(margin(instance) >= 0))) return false;
  switch (data['type']) {
    case 'interpolant':
      return interpolantHolds(stated);
    case 'everywhere-student':
      return everywhereStudentHolds(stated);
    case 'villani-growth':
      return growthHolds(stated);
    case 'gibbs-excess':
      return gibbsHolds(reading, stated);
    default:
      return false;
  }
}

function familyIsTrue(reading: AnyReading, stated: Stated): boolean {
  const { family } = stated.instance as { readonly family: string };
  const known = 'families' in reading ? (reading.families ?? []) : [];
  const { data } = stated.certificate;
  if (!known.some(({ id }) => id === family) || data['type'] !== family) return false;
  return (
    planarFamilyHolds(data) ?? vanishingFamilyHolds(data) ?? gamarnikFamilyHolds(stated) ?? false
  );
}

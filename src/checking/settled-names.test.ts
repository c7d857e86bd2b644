import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import type { Certificate, Claim, Confirmation } from '../claims/index.js';
import { certificateFlaw, confirmationFlaw } from '../claims/index.js';
import { checkCertificate } from './check.js';
import { ENTRIES } from './entries.js';
import { withId } from './testing/forgery.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const claims = new Map<string, Claim>();
for (const file of globSync('properties/*/*.property.ts', { cwd: ROOT, absolute: true })) {
  const { default: claim } = (await import(file)) as { default: Claim };
  claims.set(claim.id, claim);
}

interface Stored {
  readonly claim: string;
  readonly reading: string;
  readonly clause: string;
  readonly certificate: Certificate;
  readonly confirmation: Confirmation | null;
}

const stored = globSync('fixtures/counterexamples/**/*.json', { cwd: ROOT }).map(
  (file): readonly [string, Stored] => [
    file,
    JSON.parse(readFileSync(`${ROOT}${file}`, 'utf8')) as Stored,
  ],
);

const assumptionsOf = ({ claim, reading }: Stored) =>
  claims.get(claim)?.readings[reading].assumptions ?? [];

describe('assumptions by name', () => {
  const entries = Object.entries(ENTRIES).flatMap(([claim, { readings }]) =>
    Object.entries(readings).map(([reading, known]) => [claim, reading, known] as const),
  );
  test.each(entries)('%s, %s: the checker knows those of the claim', (id, reading, known) => {
    const names = claims.get(id)?.readings[reading].assumptions.map(({ name }) => name);
    expect([...known.assumptions].toSorted()).toEqual(names?.toSorted());
  });

  test('every stored certificate settles all of its reading, and so do confirmations', () => {
    expect(stored.length).toBeGreaterThanOrEqual(107);
    for (const [file, counterexample] of stored) {
      const { certificate, confirmation, clause } = counterexample;
      const assumptions = assumptionsOf(counterexample);
      expect(assumptions.length, file).toBeGreaterThan(0);
      expect(certificateFlaw(certificate, assumptions), file).toBeNull();
      if (confirmation !== null) {
        expect(confirmationFlaw(confirmation, clause, assumptions), file).toBeNull();
      }
    }
  });

  test('a check that does not say what it settles, or is gone, is noticed in every kind of certificate', () => {
    const kinds = new Map(stored.map(([, it]) => [`${it.claim} ${it.reading}`, it]));
    for (const [where, it] of kinds) {
      for (const { name } of assumptionsOf(it)) {
        const checks = it.certificate.checks.filter(({ settles }) => settles !== name);
        const argued = it.certificate.assumptions?.filter((other) => other.name !== name);
        const { assumptions: _, ...rest } = it.certificate;
        const certificate: Certificate = {
          ...rest,
          checks,
          ...(argued === undefined ? {} : { assumptions: argued }),
        };
        expect(certificateFlaw(certificate, assumptionsOf(it)), where).toContain(`“${name}”`);
        const json = { ...it, certificate } as unknown as Parameters<typeof withId>[0];
        expect(checkCertificate(withId(json)).verdict, `${where} ${name}`).toBe('rejected');
      }
    }
  });
});

import { createHash } from 'node:crypto';
import { double, list, oneOf, record, text, whole } from './read.js';
import { demand } from './rejection.js';
import type { PrintedCheck } from './statement.js';

/** The parts of a counterexample file that are verified; its other parts are conveniences. */
export interface Counterexample {
  readonly id: string;
  readonly claim: string;
  readonly reading: string;
  readonly version: number;
  readonly form: 'instance' | 'family';
  readonly instance: unknown;
  readonly clause: string;
  /** Null for families. */
  readonly sides: {
    readonly lhs: number;
    readonly rhs: number;
    readonly margin: { readonly lower: number; readonly upper: number };
  } | null;
  readonly certificate: {
    readonly statement: string;
    readonly argument: string;
    readonly checks: readonly PrintedCheck[];
    readonly type: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** What the checker does not read: how the counterexample was found, and floating point beside the certificate. */
export const NOT_READ = [
  'witness',
  'nearestAssumption',
  'confirmation',
  'found',
  'engine',
  'falsum',
  'checked',
  'shrinking',
  'explanation',
] as const;

const READ = [
  'schema',
  'id',
  'claim',
  'reading',
  'version',
  'grade',
  'form',
  'instance',
  'clause',
  'lhs',
  'rhs',
  'margin',
  'certificate',
] as const;

/** 16 hexadecimal digits of SHA-256. */
export function fingerprint(of: string): string {
  return createHash('sha256').update(of).digest('hex').slice(0, 16);
}

/** Reads the shape of a counterexample file. @throws Rejection when it is not one, or its id is of something else */
export function readCounterexample(json: unknown): Counterexample {
  const file = record(json, 'the file', READ, NOT_READ);
  oneOf(file.schema, 'schema', ['falsum/counterexample@1']);
  const [claim, reading] = [text(file.claim, 'claim'), text(file.reading, 'reading')];
  const id = text(file.id, 'id');
  const expected = fingerprint(JSON.stringify([claim, reading, file.instance]));
  demand(id === expected, `the id must be ${expected}, the hash of claim, reading and instance`);
  const form = oneOf(file.form, 'form', ['instance', 'family']);
  demand(file.grade === 'certified', 'the grade must be “certified”');
  demand(file.certificate !== null, 'there is no certificate');
  const certificate = record(
    file.certificate,
    'certificate',
    ['kind', 'statement', 'argument', 'checks'],
    ['data'],
  );
  demand(certificate.kind === form, `the certificate must be of kind “${form}”`);
  demand(
    certificate.data !== undefined,
    'the certificate has no data to recompute its checks from',
  );
  const { data } = certificate as { data: unknown };
  demand(
    typeof data === 'object' && data !== null && !Array.isArray(data),
    'certificate.data must be an object',
  );
  const { type, ...rest } = data as Readonly<Record<string, unknown>>;
  return {
    id,
    claim,
    reading,
    form,
    version: whole(file.version, 'version', 1, 1e9),
    instance: file.instance,
    clause: text(file.clause, 'clause'),
    sides: readSides(file, form),
    certificate: {
      statement: text(certificate.statement, 'certificate.statement'),
      argument: text(certificate.argument, 'certificate.argument'),
      checks: list(certificate.checks, 'certificate.checks').map(readCheck),
      type: text(type, 'certificate.data.type'),
      data: rest,
    },
  };
}

function readSides(
  file: Readonly<Record<'lhs' | 'rhs' | 'margin', unknown>>,
  form: 'instance' | 'family',
): Counterexample['sides'] {
  if (form === 'family') {
    const none = file.lhs === null && file.rhs === null && file.margin === null;
    demand(none, 'a family must have no sides and no margin');
    return null;
  }
  const { lower, upper } = record(file.margin, 'margin', ['lower', 'upper']);
  return {
    lhs: double(file.lhs, 'lhs'),
    rhs: double(file.rhs, 'rhs'),
    margin: { lower: double(lower, 'margin.lower'), upper: double(upper, 'margin.upper') },
  };
}

function readCheck(value: unknown, index: number): PrintedCheck {
  const where = `certificate.checks[${index}]`;
  const check = record(value, where, ['what', 'left', 'relation', 'right', 'holds']);
  demand(typeof check.holds === 'boolean', `${where}.holds must be true or false`);
  return {
    what: text(check.what, `${where}.what`),
    left: text(check.left, `${where}.left`),
    relation: oneOf(check.relation, `${where}.relation`, ['=', '≤', '<', '≥', '>']),
    right: text(check.right, `${where}.right`),
    holds: check.holds,
  };
}

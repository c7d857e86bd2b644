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
    /** What is printed of assumptions that the argument settles, for families. */
    readonly argued: readonly { readonly name: string; readonly argument: string }[];
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

/**
 * The fingerprint of what a certificate says in prose: its argument and, where there are some, its assumptions that the
 * argument settles.
 */
export function proseFingerprint({
  argument,
  argued,
}: Pick<Counterexample['certificate'], 'argument' | 'argued'>): string {
  return fingerprint(argued.length === 0 ? argument : JSON.stringify([argument, argued]));
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
    ['assumptions', 'data'],
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
      argued: readArgued(certificate.assumptions, form),
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

function readArgued(value: unknown, form: 'instance' | 'family') {
  if (value === undefined) return [];
  demand(form === 'family', 'certificate.assumptions: an instance settles them by checks alone');
  return list(value, 'certificate.assumptions', 1, 64).map((entry, i) => {
    const where = `certificate.assumptions[${i}]`;
    const { name, argument } = record(entry, where, ['name', 'argument']);
    return { name: text(name, `${where}.name`), argument: text(argument, `${where}.argument`) };
  });
}

function readCheck(value: unknown, index: number): PrintedCheck {
  const where = `certificate.checks[${index}]`;
  const check = record(value, where, ['what', 'left', 'relation', 'right', 'holds'], ['settles']);
  demand(typeof check.holds === 'boolean', `${where}.holds must be true or false`);
  return {
    what: text(check.what, `${where}.what`),
    left: text(check.left, `${where}.left`),
    relation: oneOf(check.relation, `${where}.relation`, ['=', '≤', '<', '≥', '>']),
    right: text(check.right, `${where}.right`),
    holds: check.holds,
    settles: check.settles === undefined ? null : text(check.settles, `${where}.settles`),
  };
}

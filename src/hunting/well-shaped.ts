import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import type { Certificate, Confirmation } from '../claims/index.js';
import { ClaimFault } from '../claims/index.js';
import type { Json } from '../model/index.js';
import { certificateSchema, confirmationSchema } from './certificate-schema.js';

const ajv = new Ajv({ allErrors: false, strict: false, verbose: true });
const isCertificate = ajv.compile<Certificate>(certificateSchema);
const isConfirmation = ajv.compile<Confirmation>(confirmationSchema);

/** Arrays and objects in one another, beyond which evidence is refused: files of it could not be read back everywhere. */
const DEEPEST = 64;

/**
 * What a claim's `certify` or a family returned, as its file will hold it; null stays null.
 *
 * @param where names claim, reading, trial and part
 * @throws ClaimFault when it is no certificate; the message names the field
 */
export function shapedCertificate(value: unknown, where: string): Certificate | null {
  return shaped(value, where, isCertificate);
}

/** The same of a claim's `confirm`. @throws ClaimFault when it is no confirmation; the message names the field */
export function shapedConfirmation(value: unknown, where: string): Confirmation | null {
  return shaped(value, where, isConfirmation);
}

function shaped<T>(
  value: unknown,
  where: string,
  validate: { (json: unknown): json is T; errors?: null | ErrorObject[] },
): T | null {
  if (value === null || value === undefined) return null;
  const json = plainCopy(value, where, '', 0);
  if (validate(json)) return json;
  const [error] = validate.errors ?? [];
  throw new ClaimFault(`${where}: ${sentenceOf(error)}`);
}

/** The value as JSON keeps it, in objects of its own: entries that are undefined are left out. */
function plainCopy(value: unknown, where: string, place: string, depth: number): Json {
  const refuse = (what: string): never => {
    throw new ClaimFault(`${where}: ${place || 'it'} must be plain JSON, got ${what}`);
  };
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : refuse(String(value));
  if (typeof value !== 'object') return refuse(shown(value));
  if (depth >= DEEPEST) return refuse(`more than ${DEEPEST} values in one another`);
  if (Array.isArray(value)) {
    return Array.from(value as readonly unknown[], (entry, i) =>
      plainCopy(entry, where, `${place}[${i}]`, depth + 1),
    );
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    // Objects of another realm have an Object.prototype of their own, whose prototype is null.
    if (Object.getPrototypeOf(prototype) !== null) refuse(`a ${value.constructor.name}`);
  }
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(
    entries.map(([key, entry]) => [
      key,
      plainCopy(entry, where, place === '' ? key : `${place}.${key}`, depth + 1),
    ]),
  );
}

/** “assumptions[0].margin must be a string, got undefined” */
function sentenceOf(error: ErrorObject | undefined): string {
  if (error === undefined) return 'it is malformed';
  const place = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${unescaped(step)}`))
    .join('')
    .replace(/^\./, '');
  const { keyword, params } = error as ErrorObject<string, Record<string, unknown>>;
  const inside = (key: string): string => (place === '' ? key : `${place}.${key}`);
  if (keyword === 'required') {
    const key = String(params['missingProperty']);
    const { properties = {} } = (error.parentSchema ?? {}) as { properties?: Record<string, Rule> };
    return `${inside(key)} must be ${ruleOf(properties[key])}, got undefined`;
  }
  if (keyword === 'additionalProperties') {
    return `${inside(String(params['additionalProperty']))} is no field of it`;
  }
  return `${place || 'it'} must be ${ruleOf(error.parentSchema as Rule | undefined)}, got ${shown(error.data)}`;
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

interface Rule {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly minLength?: number;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
};

function ruleOf(rule: Rule | undefined): string {
  if (rule?.enum !== undefined) return `one of ${rule.enum.join(', ')}`;
  if (rule?.type === 'integer') return `a whole number of at least ${rule.minimum}`;
  if (rule?.minLength !== undefined) return 'a string that is not empty';
  return TYPES[rule?.type ?? ''] ?? 'well-formed';
}

function shown(value: unknown): string {
  if (typeof value === 'bigint') return `the bigint ${value}`;
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  const text = value === undefined ? 'undefined' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

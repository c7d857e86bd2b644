import { InputError, oneLine as printedLine } from '../model/index.js';

/** What the codes of the system say, and how each is mended where that is not the same for all. */
const FAILURES: Readonly<Record<string, { readonly why: string; readonly mend?: string }>> = {
  EACCES: { why: 'permission is denied' },
  EPERM: { why: 'permission is denied' },
  EROFS: { why: 'the file system is read-only' },
  ENOSPC: { why: 'the disk is full', mend: 'free some space' },
  EDQUOT: { why: 'the disk quota is used up', mend: 'free some space' },
  EFBIG: { why: 'it would be larger than the system admits' },
  ENOENT: { why: 'there is no such file or folder' },
  EISDIR: { why: 'it is a folder' },
  ENOTDIR: { why: 'a part of its path is not a folder' },
  EEXIST: { why: 'something else has its name' },
  ENOTEMPTY: { why: 'something else has its name' },
  ELOOP: { why: 'its links go round in a circle' },
  ENAMETOOLONG: { why: 'its name is too long' },
  EMFILE: { why: 'too many files are open', mend: 'raise the limit (ulimit -n)' },
  ENFILE: { why: 'too many files are open', mend: 'close other programs' },
  EBUSY: { why: 'it is in use' },
  ETXTBSY: { why: 'it is in use' },
  EIO: { why: 'the device fails' },
  ENXIO: { why: 'the device fails' },
  ENODEV: { why: 'the device fails' },
  ESTALE: { why: 'the server of the folder has lost it' },
  EINVAL: { why: 'the system refuses it' },
  ENOSYS: { why: 'the system refuses it' },
  ENOTSUP: { why: 'the system refuses it' },
  EXDEV: { why: 'it lies on two disks' },
};

/** A file or folder that cannot be used, in one line; `code` is that of the system. */
export class FileFailure extends InputError {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** The code of an error of the system about files; null for any other error. */
export function failureCode(error: unknown): string | null {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' && Object.hasOwn(FAILURES, code) ? code : null;
}

/**
 * An error of the system as one line: what cannot be done where, why, and how to mend it. Any other error stays what
 * it is, and so does one that was put into words already.
 *
 * @param done "read", "written" or the like
 * @param mend what mends it besides what its code says
 */
export function inWords(path: string, done: string, error: unknown, mend: string): unknown {
  const code = failureCode(error);
  if (code === null || error instanceof InputError) return error;
  return new FileFailure(`${oneLine(path)}: cannot be ${done} ${failureText(code, mend)}`, code);
}

/** Codes that a fault of our own does not bring about. */
const OUTSIDE: ReadonlySet<string> = new Set([
  ...['EACCES', 'EDQUOT', 'EIO', 'ELOOP', 'EMFILE', 'ENAMETOOLONG', 'ENFILE', 'ENOSPC', 'EPERM'],
  ...['EROFS', 'ESTALE'],
]);

/**
 * An error of the system that nobody put into words, as from a library that writes; null for any other error, and for
 * one that may be a fault of ours.
 */
export function systemFailure(error: unknown): FileFailure | null {
  const code = failureCode(error);
  const { syscall, path } = (error ?? {}) as {
    readonly syscall?: unknown;
    readonly path?: unknown;
  };
  if (code === null || !OUTSIDE.has(code) || typeof syscall !== 'string') return null;
  const place = typeof path === 'string' ? path : syscall;
  const text = failureText(code, 'mend its permissions');
  return new FileFailure(`${oneLine(place)}: cannot be used ${text}`, code);
}

/** "(ENOSPC); free some space or choose another folder: the disk is full" */
export function failureText(code: string, mend: string): string {
  const { why, mend: own } = FAILURES[code];
  return `(${code}); ${own === undefined ? '' : `${own} or `}${mend}: ${why}`;
}

/**
 * Text of files and names within a message: one line without control characters, cut where it is long.
 *
 * @param most characters that are kept
 */
export function oneLine(text: string, most = 400): string {
  return printedLine(text.length > most ? `${text.slice(0, most)}…` : text);
}

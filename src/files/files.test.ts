import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../model/index.js';
import { FileFailure } from './failures.js';
import {
  ensureFolder,
  entriesOf,
  fileReader,
  parseJson,
  readText,
  readTextIfAny,
  writeAtomically,
  writeDurably,
} from './index.js';
import { withFaults } from '../testing/faults.cjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'falsum-files-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const put = (name: string, text: string | Buffer): string => {
  writeFileSync(join(root, name), text);
  return join(root, name);
};

/** The message of an InputError, which must be one line. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).not.toMatch(/[\n\r\u2028]/);
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

describe('reading a file', () => {
  test('gives the text of a file, also through a link and from the system', () => {
    const file = put('a.txt', 'grün\n');
    symlinkSync(file, join(root, 'link'));
    expect(readText(join(root, 'link'))).toBe('grün\n');
    expect(readText('/proc/self/status')).toContain('Name:');
    expect(readTextIfAny(join(root, 'none'))).toBeNull();
  });

  test.each([
    ['none', 'cannot be read (ENOENT); mend it or name another: there is no such file'],
    ['folder', 'cannot be read; it must be a file, and is a folder'],
    ['loop', 'cannot be read (ELOOP); mend it or name another: its links go round in a circle'],
    ['dangling', 'cannot be read (ENOENT)'],
    ['pipe', 'cannot be read; it must be a file, and is a pipe'],
    ['device', 'cannot be read; it must be a file, and is a device'],
    ['file/below', 'cannot be read (ENOTDIR); mend it or name another: a part of its path'],
    ['latin', 'cannot be read; it must be UTF-8 text'],
    [`${'long'.repeat(80)}`, 'cannot be read (ENAMETOOLONG)'],
  ])('%s is refused in one line', (name, why) => {
    mkdirSync(join(root, 'folder'));
    symlinkSync(join(root, 'loop'), join(root, 'loop'));
    symlinkSync(join(root, 'nowhere'), join(root, 'dangling'));
    symlinkSync('/dev/zero', join(root, 'device'));
    execFileSync('mkfifo', [join(root, 'pipe')]);
    put('file', '');
    put('latin', Buffer.from([0x67, 0x72, 0xfc, 0x6e]));
    expect(refusal(() => readText(join(root, name)))).toContain(why);
    if (name !== 'none') {
      expect(refusal(() => readTextIfAny(join(root, name)))).toContain(why);
    }
  });

  test('a large file is refused before it is read', () => {
    expect(refusal(() => readText(put('large', 'x'.repeat(2 ** 20 + 1)), 2 ** 20))).toMatch(
      /must have at most 1 MiB$/,
    );
  });
});

describe('reading JSON that is not trusted', () => {
  test.each([
    ['{"a":', 'is not JSON'],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'must be nested at most 500 deep'],
    ['{"a":{"__proto__":{"polluted":1}}}', 'must not have a key __proto__'],
    ['[1e999]', 'holds a number that is too large for a double'],
    ['"\u001b]0;title\u0007" x', 'is not JSON'],
    [`{"${'x\\n'.repeat(1000)}`, 'is not JSON'],
  ])('%.20s is refused in one line', (text, why) => {
    const message = refusal(() => parseJson('here\nthere', text));
    expect(message).toContain(why);
    expect(message.startsWith('here there: ')).toBe(true);
    expect(message.length).toBeLessThan(500);
  });

  test('a kind of files is read in full or not at all', () => {
    const reader = fileReader<{ count: number }>({
      schema: { type: 'object', required: ['count'], properties: { count: { type: 'integer' } } },
      isNot: 'is no count',
      mend: 'count again',
      check: ({ count }) => (count < 0 ? 'count must be positive' : null),
    });
    expect(reader.read(put('good', '{"count":1}'))).toEqual({ count: 1 });
    expect(refusal(() => reader.parse('x', '{}'))).toBe(
      "x: is no count: it must have required property 'count'; count again",
    );
    expect(refusal(() => reader.parse('x', '{"count":-1}'))).toBe(
      'x: count must be positive; count again',
    );
  });
});

describe('folders', () => {
  test('only a folder that is not there at all is an empty one', () => {
    expect(entriesOf(join(root, 'none'), 'empty')).toEqual([]);
    expect(refusal(() => entriesOf(join(root, 'none'), 'error'))).toContain('ENOENT');
    put('file', '');
    symlinkSync(join(root, 'nowhere'), join(root, 'dangling'));
    symlinkSync(join(root, 'loop'), join(root, 'loop'));
    for (const [name, code] of [
      ['file', 'ENOTDIR'],
      ['file/below', 'ENOTDIR'],
      ['dangling', 'ENOENT'],
      ['loop', 'ELOOP'],
    ]) {
      expect(refusal(() => entriesOf(join(root, name), 'empty'))).toContain(`(${code})`);
    }
    expect(entriesOf(root, 'error').map(({ name, kind }) => [name, kind])).toEqual([
      ['dangling', 'other'],
      ['file', 'file'],
      ['loop', 'other'],
    ]);
  });

  test('making one ends also where nothing can be made', () => {
    ensureFolder(join(root, 'a', 'b', 'c'));
    ensureFolder(join(root, 'a', 'b', 'c'));
    expect(readdirSync(join(root, 'a', 'b'))).toEqual(['c']);
    expect(refusal(() => ensureFolder('/proc/nothing/here'))).toMatch(
      /^\/proc\/nothing\/here: cannot be written \(ENOENT\)/,
    );
    expect(refusal(() => ensureFolder(join(put('file', ''), 'below')))).toContain('(ENOTDIR)');
    expect(refusal(() => ensureFolder(join(root, 'file')))).toContain('(ENOTDIR)');
  });
});

describe.each([
  ['writeAtomically', writeAtomically],
  ['writeDurably', writeDurably],
])('%s', (_, write) => {
  const text = 'new'.repeat(1000);

  test.each(['ENOSPC', 'EACCES', 'EROFS', 'EDQUOT', 'EIO'])(
    'a fault of the disk (%s) at any step leaves the old file or the new one, and nothing else',
    (code) => {
      const file = join(root, 'deep', 'file.json');
      const steps = withFaults(root, { first: Infinity, last: Infinity, code }, () =>
        write(file, text),
      );
      expect(steps.length).toBeGreaterThanOrEqual(4);
      for (const old of [null, 'old']) {
        for (let k = 0; k < steps.length; k += 1) {
          rmSync(join(root, 'deep'), { recursive: true, force: true });
          if (old !== null) {
            mkdirSync(join(root, 'deep'));
            writeFileSync(file, old);
          }
          let failure: unknown = null;
          withFaults(root, { first: k, last: Infinity, code }, () => {
            try {
              write(file, text);
            } catch (error) {
              failure = error;
            }
          });
          if (failure !== null) {
            expect(failure).toBeInstanceOf(FileFailure);
            expect((failure as FileFailure).message).toMatch(
              new RegExp(String.raw`^/[^\n]* cannot be written \(${code}\); [^\n]+$`),
            );
          }
          const left = readTextIfAny(file);
          expect(failure === null ? [text] : [old, text]).toContain(left);
          const names = readdirSync(root, { recursive: true }).map(String);
          expect(names.filter((name) => name.includes('.tmp-'))).toEqual([]);
        }
      }
    },
  );

  test('a folder, a loop or a file in the way is named', () => {
    mkdirSync(join(root, 'folder'));
    symlinkSync(join(root, 'loop'), join(root, 'loop'));
    put('file', '');
    expect(refusal(() => write(join(root, 'folder'), text))).toContain('(EISDIR)');
    expect(refusal(() => write(join(root, 'loop', 'x'), text))).toContain('(ELOOP)');
    expect(refusal(() => write(join(root, 'file', 'x'), text))).toContain('(ENOTDIR)');
    write(join(root, 'file'), text);
    expect(readFileSync(join(root, 'file'), 'utf8')).toBe(text);
  });
});

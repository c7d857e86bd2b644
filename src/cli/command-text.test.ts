import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandText } from './command-text.js';

test('names what was named, and no default', () => {
  expect(commandText(['replay', 'abc'], { properties: [] })).toBe('falsum replay abc');
  expect(
    commandText(['replay', 'abc'], {
      properties: ['mine/*.ts', 'b.ts'],
      reports: 'out',
      corpus: undefined,
    }),
  ).toBe("falsum replay abc --properties 'mine/*.ts' --properties b.ts --reports out");
});

test('a shell reads every word as it is', () => {
  const words = ["it's", '$HOME', 'a b', '`x`', '*', '"', 'new\nline', ''];
  const text = commandText(words, { properties: [] });
  const { stdout } = spawnSync('sh', ['-c', `falsum() { printf '%s|' "$@"; }; ${text}`], {
    encoding: 'utf8',
  });
  expect(stdout).toBe(words.map((word) => `${word}|`).join(''));
});

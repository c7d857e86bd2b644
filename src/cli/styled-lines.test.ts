import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { styled, styledLines } from './styled-lines.js';

const plain = { colour: false, columns: Infinity };

describe('styledLines', () => {
  test('colours its own styles and nothing that a text brings', () => {
    const line = `${styled('green', 'survived')} \u001B[32mrefuted\u001B[39m`;
    expect(styledLines(line, { ...plain, colour: true })).toEqual([
      '\u001B[32msurvived\u001B[39m \\x1b[32mrefuted\\x1b[39m',
    ]);
    expect(styledLines(line, plain)).toEqual(['survived \\x1b[32mrefuted\\x1b[39m']);
  });

  test('a style goes on over a break', () => {
    expect(
      styledLines(`  ${styled('red', 'one two')} three`, { colour: true, columns: 8 }),
    ).toEqual(['  \u001B[31mone\u001B[39m', '    \u001B[31mtwo\u001B[39m', '    thre', '    e']);
  });

  test('breaks at spaces, indents what follows, and breaks a word only where it fits no line', () => {
    expect(styledLines('    name  a value of words', { ...plain, columns: 20, hang: 10 })).toEqual([
      '    name  a value of',
      '          words',
    ]);
  });

  test('no line is wider than the terminal, and no letter is lost', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.integer({ min: 4, max: 60 }),
        (text, columns) => {
          const lines = styledLines(text, { colour: false, columns });
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
          const letters = (shown: string): string => shown.replaceAll(' ', '');
          expect(letters(lines.join(''))).toBe(letters(styledLines(text, plain)[0]));
        },
      ),
    );
  });
});

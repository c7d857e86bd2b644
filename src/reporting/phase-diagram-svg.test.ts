import { describe, expect, it } from 'vitest';
import type { PhaseDiagram, Tile } from '../claims/index.js';
import { shareColour } from './colour-scale.js';
import { figureSvg } from './figure-svg.js';
import { tableCsv } from './table-csv.js';

const tile = (more: Partial<Tile>): Tile => ({
  column: 'random',
  row: '2',
  x: '1',
  y: '1',
  trials: 40,
  rate: 0.25,
  lower: 0.1,
  upper: 0.5,
  undecided: 0,
  ...more,
});

const FIGURE: PhaseDiagram = {
  title: 'Where it <fails>',
  caption: 'A caption.',
  columns: { label: 'placement', values: ['random', 'adversarial'] },
  rows: { label: 'd', values: ['2', '3'] },
  x: { label: 'inputs per cell k', values: ['1', '2'] },
  y: { label: 'neurons m₀', values: ['1', '2'] },
  rateLabel: 'failing share',
  missingLabel: 'too many inputs',
  tiles: [
    tile({}),
    tile({ x: '2', rate: 0.001, lower: 0.0001, upper: 0.999 }),
    tile({ y: '2', undecided: 0.5 }),
    tile({ x: '2', y: '2', trials: 0, rate: 0 }),
    tile({ column: 'adversarial', row: '3', rate: 0, undecided: 1 }),
  ],
};

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

describe('a phase diagram', () => {
  it('gives the same bytes for the same figure and loads nothing', () => {
    const svg = figureSvg(FIGURE);
    expect(figureSvg(FIGURE)).toBe(svg);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(svg).not.toMatch(/<script|<style|href=|url\((?!#)/);
    expect(svg).toContain('Where it &lt;fails&gt;');
  });

  it('shows rate, limits and number of trials, and never rounds a rate to 0 or 1', () => {
    const shown = texts(figureSvg(FIGURE));
    expect(shown).toContain('25 %');
    expect(shown).toContain('10–50');
    expect(shown).toContain('n 40');
    expect(shown).toContain('&lt;1 %');
    expect(shown).toContain('&lt;1–&gt;99');
  });

  it('says every tile in words, with more digits than it shows', () => {
    const words = [...figureSvg(FIGURE).matchAll(/<g><title>([^<]*)<\/title>/g)].map(
      ([, title]) => title,
    );
    expect(words).toHaveLength(FIGURE.tiles.length);
    expect(words).toContain(
      'random; d = 2, neurons m₀ = 1, inputs per cell k = 2: 0.1 % of 40 draws, limits 0.0 % and 99.9 %, undecided 0.0 %',
    );
    expect(words).toContain('random; d = 2, neurons m₀ = 2, inputs per cell k = 2: no draw');
  });

  it('hatches the undecided share, and states no rate where nothing was decided', () => {
    const svg = figureSvg(FIGURE);
    const hatched = [...svg.matchAll(/<rect [^>]*fill="url\(#undecided\)"/g)].map(([rect]) =>
      Number(/width="([^"]*)"/.exec(rect)?.[1]),
    );
    // The legend's swatch, half a tile, a whole tile.
    expect(hatched).toHaveLength(3);
    expect(hatched[2]).toBe(2 * hatched[1]);
    expect(texts(svg)).toContain('?');
    expect(texts(svg).filter((text) => text === '0 %')).toHaveLength(1);
  });

  it('draws nothing over what was not asked for', () => {
    const counts = texts(figureSvg(FIGURE)).filter((text) => text.startsWith('n '));
    expect(counts).toHaveLength(4);
    const strange = { ...FIGURE, tiles: [...FIGURE.tiles, tile({ x: '7' })] };
    expect(figureSvg(strange)).toBe(figureSvg(FIGURE));
  });
});

it('colours go from white to dark red, darker all the way', () => {
  const lightness = Array.from({ length: 101 }, (_, k) => {
    const [red, green, blue] = [1, 3, 5].map((at) =>
      parseInt(shareColour(k / 100).slice(at, at + 2), 16),
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
  expect(shareColour(0)).toBe('#ffffff');
  expect(shareColour(1)).toBe('#7f0000');
  for (let k = 1; k < lightness.length; k += 1) {
    expect(lightness[k]).toBeLessThan(lightness[k - 1]);
  }
  expect(shareColour(-1)).toBe(shareColour(0));
  expect(shareColour(2)).toBe(shareColour(1));
});

it('a table becomes CSV with quoted text and empty cells', () => {
  const csv = tableCsv({
    name: 't',
    columns: [
      { name: 'a', meaning: 'one' },
      { name: 'b,c', meaning: 'two' },
    ],
    rows: [
      [1.5, 'say "x"'],
      [null, 'y'],
    ],
  });
  expect(csv).toBe('a,"b,c"\n1.5,"say ""x"""\n,y\n');
});

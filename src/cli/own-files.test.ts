import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withFaults } from '../testing/faults.cjs';
import { InputError } from '../model/index.js';
import { ownResults, publishResults } from './allure-results.js';
import { checkOwn } from './own-files.js';

let reports = '';
beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), 'falsum-own-'));
});
afterEach(() => {
  rmSync(reports, { recursive: true });
});

const put = (name: string, text: string): string => {
  const file = join(reports, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

/** What the check says; null when all is Falsum's own. */
function refusal(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).not.toContain('\n');
    return (error as Error).message;
  }
}

const figures = ['toy/claim/literal'];
const own = (): string | null => refusal(() => checkOwn(reports, { page: true, figures }));

describe('what a run replaces', () => {
  test('is Falsum’s own where Falsum wrote it', () => {
    expect(own()).toBeNull();
    put('verdicts.json', '{"schema":"falsum/verdicts@1"}');
    put('index.html', '<html><head><title> Falsum </title></head></html>');
    put('history.jsonl', '{"uuid":"u","name":"Falsum","timestamp":1,"testResults":{}}\n');
    put('corpus.dates', '{"schema":"falsum/corpus-dates@1","dates":{}}');
    put('figures/toy/claim/literal.json', '{"schema":"falsum/figure-table@1"}');
    put('figures/toy/claim/literal.svg', '<svg/>');
    put('notes.txt', 'of somebody');
    expect(own()).toBeNull();
  });

  test.each([
    ['index.html', '<html><title>Allure Report</title></html>', /index\.html: was not written by/],
    ['verdicts.json', '{"verdicts":"of a court"}', /verdicts\.json: was not written by Falsum/],
    ['verdicts.json', '{"schema":"falsum/verd', /verdicts\.json: was not written by Falsum/],
    ['history.jsonl', '{"uuid":"u","name":"Falsum","timest', /history\.jsonl, line 1: is not JSON/],
    [
      'history.jsonl',
      '{"uuid":"u","name":"Other","timestamp":1,"testResults":{}}\n',
      /line 1: is no run of the history of a report: \/name must be/,
    ],
    ['corpus.dates', 'dates', /delete it, only ages are lost/],
    ['figures/toy/claim/literal.json', '{}', /literal\.json: was not written by Falsum/],
    ['figures/toy/claim/literal.svg', '<svg/>', /literal\.svg: was not written by Falsum/],
    ['index.html/page', 'x', /index\.html: cannot be read; it must be a file, and is a folder/],
  ])('is not touched where somebody else did: %s', (name, text, why) => {
    const file = put(name, text);
    expect(own()).toMatch(why);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

describe('the folder of Allure’s results', () => {
  const folder = () => join(reports, 'allure-results');
  const work = (names: readonly string[]): string => {
    rmSync(join(reports, 'work'), { recursive: true, force: true });
    mkdirSync(join(reports, 'work'));
    for (const name of names) put(`work/${name}`, name);
    return join(reports, 'work');
  };
  const visible = () => readdirSync(folder()).filter((name) => !name.startsWith('.'));

  test('is filled, and filled again', () => {
    publishResults(work(['a-result.json', 'b-attachment.svg']), folder());
    expect(visible()).toEqual(['a-result.json', 'b-attachment.svg']);
    publishResults(work(['c-result.json']), folder());
    expect(visible()).toEqual(['c-result.json']);
    expect(ownResults(folder())).toEqual(['c-result.json']);
  });

  test.each([
    ['results of another tool', { 'x-result.json': '{"labels":[{"name":"suite"}]}' }],
    ['results without labels', { 'x-result.json': '[]' }],
    ['anything else', { 'notes.txt': 'precious' }],
    ['a folder', { 'folder/x': 'precious' }],
    [
      'a list that leads out of it',
      { '.falsum.json': '{"schema":"falsum/allure-results@1","files":["../notes.txt"]}' },
    ],
    ['a list that is broken', { '.falsum.json': '{' }],
  ])('that holds %s is refused and not touched', (_, files) => {
    const theirs = Object.entries(files).map(([name, text]) => put(`allure-results/${name}`, text));
    const results = work(['a-result.json']);
    expect(refusal(() => publishResults(results, folder()))).toMatch(/choose another/);
    for (const file of theirs) expect(existsSync(file)).toBe(true);
    expect(existsSync(join(folder(), 'a-result.json'))).toBe(false);
  });

  test('keeps what somebody added to it later', () => {
    publishResults(work(['a-result.json']), folder());
    const added = put('allure-results/environment.properties', 'theirs');
    expect(refusal(() => publishResults(work(['b-result.json']), folder()))).toMatch(
      /environment\.properties: was not written by Falsum/,
    );
    expect(readFileSync(added, 'utf8')).toBe('theirs');
    expect(visible()).toEqual(['a-result.json', 'environment.properties']);
  });

  test('of a version without a list is known by its labels', () => {
    const labels = [{ name: 'claim' }, { name: 'reading' }];
    put('allure-results/x-result.json', JSON.stringify({ labels }));
    put('allure-results/y-attachment.json', '{}');
    publishResults(work(['a-result.json']), folder());
    expect(visible()).toEqual(['a-result.json']);
  });

  test('stays Falsum’s own whenever a run is stopped: the next one goes on', () => {
    const again = (): string[] =>
      withFaults(folder(), { first: Infinity, last: Infinity, code: 'EIO' }, () =>
        publishResults(work(['b-result.json', 'c-result.json']), folder()),
      );
    publishResults(work(['a-result.json']), folder());
    const steps = again();
    expect(steps.length).toBeGreaterThan(6);
    for (let first = 0; first < steps.length; first += 1) {
      rmSync(folder(), { recursive: true });
      publishResults(work(['a-result.json']), folder());
      const results = work(['b-result.json', 'c-result.json']);
      withFaults(folder(), { first, last: Infinity, code: 'ENOSPC' }, () => {
        expect(refusal(() => publishResults(results, folder())) ?? '(ENOSPC)').toContain(
          '(ENOSPC)',
        );
      });
      publishResults(work(['d-result.json']), folder());
      expect(visible()).toEqual(['d-result.json']);
    }
  });
});

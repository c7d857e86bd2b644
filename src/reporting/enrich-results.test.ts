import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestResult } from 'allure-js-commons';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrichResults } from './enrich-results.js';
import { writeRunnerResults } from './testing/demo-results.js';
import { DEMO_VIEWS } from './testing/demo-views.js';

let resultsDir: string;
beforeEach(() => {
  resultsDir = mkdtempSync(join(tmpdir(), 'falsum-enrich-'));
});
afterEach(() => rmSync(resultsDir, { recursive: true, force: true }));

const [SURVIVED, REFUTED] = DEMO_VIEWS;

function results(): TestResult[] {
  return readdirSync(resultsDir)
    .filter((name) => name.endsWith('-result.json'))
    .map((name) => JSON.parse(readFileSync(join(resultsDir, name), 'utf8')) as TestResult);
}

describe('enrichResults', () => {
  it('completes the runner’s results and keeps how long they took', async () => {
    writeRunnerResults(resultsDir, [SURVIVED, REFUTED]);
    const before = results();
    const done = await enrichResults({ resultsDir, views: [SURVIVED, REFUTED] });
    expect(done).toEqual({ enriched: 2, created: [], unmatched: [], notTypeset: [] });
    const after = results();
    for (const [index, result] of after.entries()) {
      const { uuid, start, stop } = before[index];
      expect(result).toMatchObject({ uuid, start, stop, status: 'passed' });
    }
    const refuted = after.find(({ name }) => name === 'literal: refuted, certified');
    expect(refuted?.statusDetails.message).toMatch(/^Refuted, certified: /);
    expect(refuted?.descriptionHtml).toContain('Counterexample');
    expect(refuted?.labels).toContainEqual({ name: 'verdict', value: 'refuted' });
    expect(refuted?.labels).toContainEqual({ name: 'epic', value: 'gamarnik2021' });
  });

  it('drops labels that tell about the machine, and keeps numbers out of the history’s key', async () => {
    writeRunnerResults(resultsDir, [SURVIVED]);
    await enrichResults({ resultsDir, views: [SURVIVED] });
    const [{ labels, parameters }] = results();
    expect(labels.map(({ name }) => name)).not.toContain('host');
    expect(parameters.length).toBeGreaterThan(5);
    expect(parameters.every(({ excluded }) => excluded)).toBe(true);
  });

  it('names a result after claim and reading, not after a file, so that its history follows them', async () => {
    writeRunnerResults(resultsDir, [SURVIVED]);
    await enrichResults({ resultsDir, views: [SURVIVED] });
    const [{ fullName, titlePath, historyId, testCaseId }] = results();
    expect(fullName).toBe('gamarnik2021/outer-norm-bounded#intended');
    expect(titlePath).toEqual(['gamarnik2021', 'gamarnik2021/outer-norm-bounded']);
    expect([historyId, testCaseId]).toEqual([
      'c92ef36be787377b7dfcd543bebc663f',
      'c92ef36be787377b7dfcd543bebc663f',
    ]);
  });

  it('attaches the figure as SVG and each counterexample as it is stored', async () => {
    writeRunnerResults(resultsDir, [REFUTED]);
    await enrichResults({ resultsDir, views: [REFUTED] });
    const [{ attachments }] = results();
    expect(attachments.map(({ type }) => type)).toEqual([
      'image/svg+xml',
      'application/json',
      'application/json',
    ]);
    const read = (index: number) =>
      readFileSync(join(resultsDir, attachments[index].source), 'utf8');
    expect(read(0)).toMatch(/^<svg /);
    expect(read(1)).toBe(REFUTED.counterexamples[0].json);
  });

  it('is idempotent', async () => {
    writeRunnerResults(resultsDir, [SURVIVED, REFUTED]);
    await enrichResults({ resultsDir, views: [SURVIVED, REFUTED] });
    const once = results();
    const files = readdirSync(resultsDir);
    await enrichResults({ resultsDir, views: [SURVIVED, REFUTED] });
    expect(results()).toEqual(once);
    expect(readdirSync(resultsDir)).toEqual(files);
  });

  it('writes a result for a reading that left none and leaves unknown results alone', async () => {
    writeRunnerResults(resultsDir, [SURVIVED]);
    const done = await enrichResults({ resultsDir, views: [REFUTED] });
    expect(done.enriched).toBe(0);
    expect(done.created).toEqual(['gamarnik2021/outer-norm-bounded#literal']);
    expect(done.unmatched).toHaveLength(1);
    expect(
      results()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['intended', 'literal: refuted, certified']);
  });

  it('tells which formulas did not parse', async () => {
    const bound = String.raw`2\cdotL`;
    const view = { ...SURVIVED, reading: { ...SURVIVED.reading, bound } };
    const { notTypeset } = await enrichResults({ resultsDir, views: [view] });
    expect(notTypeset).toEqual([`gamarnik2021/outer-norm-bounded#intended: ${bound}`]);
  });

  it('names the file that is not JSON', async () => {
    writeFileSync(join(resultsDir, 'x-result.json'), '{"uuid": ');
    await expect(enrichResults({ resultsDir, views: [] })).rejects.toThrow(
      /^enrichResults: .*x-result\.json must be JSON, got "\{\\"uuid\\": "$/,
    );
  });
});

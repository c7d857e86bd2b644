import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildReport } from './build-report.js';
import { externalReferences } from './self-contained.js';
import { QUIET_BROWSER, installedBrowser } from './testing/browser.js';
import { buildDemoReport } from './testing/demo-report.js';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'falsum-report-test-'));
  file = await buildDemoReport(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The results inside the page, as Allure embeds them. */
function embeddedResults(
  html: string,
): { name: string; descriptionHtml: string; status: string }[] {
  return [...html.matchAll(/d\("data\/test-results\/[^"]+","([^"]+)"\)/g)].map(
    ([, base64]) =>
      JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as ReturnType<
        typeof embeddedResults
      >[number],
  );
}

describe('buildReport', () => {
  it('makes one file with every reading, its verdict and its status', () => {
    const shown = embeddedResults(readFileSync(file, 'utf8'));
    expect(Object.fromEntries(shown.map(({ name, status }) => [name, status]))).toEqual({
      'intended: survived': 'passed',
      'literal: refuted, certified': 'passed',
      'mean-condition: refuted, confirmed': 'failed',
      'mass-condition: inconclusive': 'skipped',
      'weak: survived, but a control survived': 'failed',
      'sufficient: witnessed': 'passed',
      'broken: not judged, a fault of Falsum': 'broken',
    });
    expect(shown).toHaveLength(8);
    const texts = shown.map(({ descriptionHtml }) => descriptionHtml).join('');
    expect(texts).toContain('Survived on its ladder, 120 effective trials');
    expect(texts).toContain('Refuted, certified: counterexample 3fa94be2c1d07788');
  });

  it('loads nothing from outside and carries no analytics', () => {
    const html = readFileSync(file, 'utf8');
    expect(externalReferences(html)).toEqual([]);
    expect(html).not.toMatch(/googletagmanager|gtag\(/);
    expect(html).toContain('http-equiv="Content-Security-Policy"');
  });

  it('replaces an older report, makes its folder and keeps a history only when asked', async () => {
    const results = join(folder, 'allure-results');
    const outputFile = join(folder, 'deep', 'er', 'report.html');
    const historyFile = join(folder, 'history.jsonl');
    mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
    writeFileSync(outputFile, 'old');
    await buildReport({ resultsDir: results, outputFile, historyFile });
    expect(readFileSync(outputFile, 'utf8')).toMatch(/^<!DOCTYPE html>/);
    expect(existsSync(`${outputFile}.part`)).toBe(false);
    const lines = () => readFileSync(historyFile, 'utf8').trim().split('\n').length;
    expect(lines()).toBe(1);
    await buildReport({ resultsDir: results, outputFile, historyFile, appendHistory: false });
    expect(lines()).toBe(1);
  });

  it('refuses a folder without results', async () => {
    const empty = join(folder, 'nothing');
    await expect(
      buildReport({ resultsDir: empty, outputFile: join(folder, 'x.html') }),
    ).rejects.toThrow(`buildReport: resultsDir must hold Allure results, got ${empty}`);
  });
});

const executablePath = installedBrowser();
if (executablePath === null) {
  console.warn('report in a browser: skipped, no Chromium found (set FALSUM_BROWSER to one)');
}

describe.skipIf(executablePath === null)('the report in a browser, opened from disk', () => {
  let browser: Browser;
  let page: Page;
  const outside: string[] = [];
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: QUIET_BROWSER });
    const context = await browser.newContext();
    await context.setOffline(true);
    page = await context.newPage();
    page.on('request', (request) => {
      if (!/^(?:file|data|blob|about):/.test(request.url())) outside.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(pathToFileURL(file).href);
  });
  afterAll(() => browser.close());

  it.each([
    ['intended: survived', 'Survived on its ladder, 120 effective trials'],
    ['literal: refuted, certified', 'Refuted, certified: counterexample 3fa94be2c1d07788'],
  ])('shows statement, verdict and figure of "%s"', async (name, sentence) => {
    await page.goto(pathToFileURL(file).href);
    await page.getByText(name).first().click();
    const description = page.frameLocator('iframe').first();
    await description.getByText(sentence).waitFor();
    for (const alt of [/With high probability/, /^Outer norm against training error\./]) {
      const picture = description.getByRole('img', { name: alt });
      await picture.waitFor();
      const drawn = await picture.evaluate((image: { complete: boolean; naturalWidth: number }) =>
        image.complete ? image.naturalWidth : 0,
      );
      expect(drawn).toBeGreaterThan(100);
    }
  });

  it('makes no request and no complaint', () => {
    expect(outside).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { descriptionHtml } from './description.js';
import type { ReadingView } from './result-view.js';
import { DEMO_VIEWS } from './testing/demo-views.js';

const [SURVIVED, REFUTED] = DEMO_VIEWS;

function headings(html: string): string[] {
  return [...html.matchAll(/<h3[^>]*>(.*?)<\/h3>/g)].map((match) => match[1]);
}

describe('descriptionHtml', () => {
  it('keeps a fixed order and leaves out what a reading does not have', async () => {
    expect(headings(await descriptionHtml(SURVIVED))).toEqual([
      'Statement',
      'Reading “intended” (limit)',
      'Bound',
      'Assumptions',
      'Verdict',
      'Figure',
      'Controls',
      'Generic mutants',
      'Coverage',
      'Ladder',
      'Implied constants',
      'Repeat this reading',
    ]);
    expect(headings(await descriptionHtml(REFUTED))).toContain('Counterexamples');
  });

  it('gives the same bytes for the same reading', async () => {
    expect(await descriptionHtml(REFUTED)).toBe(await descriptionHtml(REFUTED));
  });

  it('shows both sides, the margin, the certificate’s checks, the confirmation and the replay command', async () => {
    const html = await descriptionHtml(REFUTED);
    for (const text of [
      '12.53314137',
      '10.0265131',
      '[−0.111111, −0.111111]',
      'checked exactly',
      '(180 characters)',
      'with 64 digits',
      'falsum replay 3fa94be2c1d07788',
      'suspect: floating point only',
    ]) {
      expect(html).toContain(text);
    }
  });

  it('gives the limits of exponents beside the verdict, and the growth that they exclude', async () => {
    const html = await descriptionHtml(SURVIVED);
    expect(html).toContain('exponent of C along N');
    expect(html).toContain(
      '−0.52, in [−0.90, 0.31] with confidence 99 %; growth like size^0.31 or faster is excluded',
    );
    expect(html).toContain('no growth is excluded (does not decide)');
    expect(html).toContain(
      'growth of an implied constant like size^0.31 or faster excluded along the path that decides',
    );
  });

  it('gives the reason of the judge only where it adds to the verdict', async () => {
    const family = DEMO_VIEWS[2];
    const statement = family.counterexamples[0].certificate?.statement ?? '';
    const repeated = await descriptionHtml({ ...family, reason: `family x: ${statement}` });
    expect(repeated).not.toContain('amily x:');
    expect(await descriptionHtml(family)).toContain('The family growing-condition-number drives');
  });

  it('escapes every text of a claim', async () => {
    const evil = '<script>alert("x")</script><img src=x onerror=alert(1)>';
    const html = await descriptionHtml(poisoned(REFUTED, evil));
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img src=x');
    expect(html).toContain('&lt;script&gt;');
  });

  it('uses nothing that Allure drops or that would be loaded: no MathML, inline SVG, style sheet, address', async () => {
    for (const view of DEMO_VIEWS) {
      const html = await descriptionHtml(view);
      expect(html).not.toMatch(/<math|<svg|<style|<link|<iframe|src="(?!data:)/);
    }
  });
});

/** The view with every text replaced, but for those that decide what is shown. */
function poisoned(view: ReadingView, evil: string): ReadingView {
  const keep = new Set(['verdict', 'grade', 'kind', 'decidedBy', 'relation', 'form', 'profile']);
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return keep.has(key) || key === 'scale' ? value : evil;
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        if (key === 'marks') return [name, item];
        return [key === 'coverage' || key === 'unsampled' ? evil + name : name, walk(item, name)];
      }),
    );
  };
  return { ...(walk(view, '') as ReadingView), expected: view.expected, figure: view.figure };
}

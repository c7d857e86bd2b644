import { describe, expect, test } from 'vitest';
import { explanationHtml } from './explanation-html.js';

const EXPLANATION = {
  parts: [{ part: 'inputs[2]', tried: 6, violated: 1, held: 4, outside: 1 }],
  assumptions: [{ name: 'B_x‖a‖ < 1', margin: 0.125 }],
  slices: [{ number: 'lambda', values: [-1, 0, 1], margins: [0.25, -0.5, null] }],
};

describe('the explanation of a counterexample', () => {
  test('parts, assumptions, and the slices as a figure whose ends are escaped', () => {
    const html = explanationHtml(EXPLANATION);
    expect(html).toMatch(/inputs\[2\].*>6<.*>1<.*>4<.*>1</s);
    expect(html).toContain('B_x‖a‖ &lt; 1');
    expect(html).toMatch(/<img src="data:image\/svg\+xml/);
  });

  test('no figure without slices', () => {
    expect(explanationHtml({ ...EXPLANATION, slices: [] })).not.toContain('<img');
  });
});

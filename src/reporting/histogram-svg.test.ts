import { describe, expect, it } from 'vitest';
import { histogramsOf } from '../claims/index.js';
import { histogramsHtml } from './histogram-html.js';
import { histogramSvg, histogramText } from './histogram-svg.js';

const declared = histogramsOf([{ '<x>': 1 }, { '<x>': 9 }, { '<x>': 9.5 }], {
  '<x>': { meaning: 'size', from: 0, to: 10, bins: 5 },
})[0];

describe('histogramSvg', () => {
  it('draws a bar per visited bin, marks the bins of a declared range that none is in, and escapes', () => {
    const svg = histogramSvg(declared);
    expect(svg.match(/fill="#4269d0"/g)).toHaveLength(2);
    expect(svg.match(/fill="#d62728"/g)).toHaveLength(3);
    expect(svg).toContain('&lt;x&gt;');
    expect(svg).not.toContain('<x>');
  });

  it('leaves bins empty without a mark where no range was declared', () => {
    const [plain] = histogramsOf([...Array(20).keys(), 90].map((x) => ({ x })));
    expect(histogramSvg(plain)).not.toContain('#d62728');
  });
});

describe('histogramText', () => {
  it('says how many trials each bin has', () => {
    expect(histogramText(declared)).toContain('0 to 2: 1 trial; 2 to 4: 0 trials');
    expect(histogramText(histogramsOf([{ n: 3 }, { n: 3 }])[0])).toBe('3: 2 trials');
  });
});

describe('histogramsHtml', () => {
  it('names what was never visited and puts numbers that never change into one line', async () => {
    const html = await histogramsHtml([declared, ...histogramsOf([{ dim: 3 }, { dim: 3 }])]);
    expect(html).toContain('&lt;x&gt; in 2…4');
    expect(html).toContain('The same on every trial: dim = 3.');
    expect(html.match(/<img /g)).toHaveLength(1);
  });

  it('is empty without numbers', async () => {
    expect(await histogramsHtml([])).toBe('');
  });
});

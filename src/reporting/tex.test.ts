import { describe, expect, it } from 'vitest';
import { proseHtml, statementHtml } from './rich-text.js';
import { texToSvg } from './tex.js';

const LONG = String.raw`\text{For every } \theta,\quad \|a\|_1 \le \frac{4(\delta+2M)}{\mu} \quad\text{whenever the training error is at most } \delta^2 \text{ and the sample is large enough, with high probability over the draw of the data}`;

describe('texToSvg', () => {
  it('gives the same bytes whatever was typeset before', async () => {
    const first = await texToSvg('x^2', 'inline');
    await texToSvg(LONG, 'display');
    expect(await texToSvg('x^2', 'inline')).toEqual(first);
    expect(first.svg).toMatch(/^<svg /);
    expect(first.svg).toContain('xmlns="http://www.w3.org/2000/svg"');
  });

  it('gives the same bytes whether formulas are typeset one by one or at once', async () => {
    const sources = [
      LONG,
      String.raw`\mathfrak{y}`,
      String.raw`\mathscr{L}_{\lambda}`,
      'x',
      String.raw`\mathbb{E}`,
    ];
    const atOnce = await Promise.all(sources.map((source) => texToSvg(source, 'display')));
    for (const [index, source] of sources.entries()) {
      expect(await texToSvg(source, 'display'), source).toEqual(atOnce[index]);
    }
  });

  it('breaks long display formulas into lines and leaves inline ones whole', async () => {
    const display = await texToSvg(LONG, 'display');
    const inline = await texToSvg(LONG, 'inline');
    expect(display.widthEx).toBeLessThanOrEqual(93);
    expect(inline.widthEx).toBeGreaterThan(120);
    expect(display.heightEx).toBeGreaterThan(1.5 * inline.heightEx);
  });

  it('knows the alphabets of the papers, whose glyphs are loaded on demand', async () => {
    for (const source of [
      String.raw`\mathbb{R}^d \mathcal{N}(0, I) \mathfrak{x} \mathsf{A} \mathscr{L} \boldsymbol{w}`,
      String.raw`\begin{cases} x & x \ge 0 \\ 0 & \text{else} \end{cases}`,
      String.raw`\lVert a \rVert_1 \lesssim \log \log \frac{1}{\varepsilon} \;\Longrightarrow\; \operatorname{fat}_\gamma`,
    ]) {
      expect((await texToSvg(source, 'display')).widthEx).toBeGreaterThan(5);
    }
  });

  it('says what is wrong with source that does not parse', async () => {
    await expect(texToSvg(String.raw`\frac{1`, 'display')).rejects.toThrow(
      /^texToSvg: source must be valid TeX \(.+\), got "\\\\frac\{1"$/,
    );
    await expect(texToSvg(String.raw`\href{http://x}{y}`, 'inline')).rejects.toThrow(SyntaxError);
  });

  it('keeps a macro of one formula from the next', async () => {
    await texToSvg(String.raw`\newcommand{\mine}{x}\mine`, 'inline');
    await expect(texToSvg(String.raw`\mine`, 'inline')).rejects.toThrow(/mine/);
  });
});

describe('rich text', () => {
  it('embeds formulas as images that need no request, the source as their text', async () => {
    const html = await statementHtml(String.raw`a < b^2`);
    expect(html).toContain('<img src="data:image/svg+xml;base64,');
    expect(html).toContain('alt="a &lt; b^2"');
  });

  it('takes dollars outside braces for prose, dollars inside \\text for mathematics', async () => {
    const prose = await statementHtml('Every student with $m$ neurons.\n\nIt holds.');
    expect(prose).toContain('Every student with <img');
    expect(prose.match(/<p /g)).toHaveLength(2);
    const formula = await statementHtml(String.raw`\text{if $x>0$ then } y`);
    expect(formula.match(/<img/g)).toHaveLength(1);
    expect(formula).not.toContain('then<');
  });

  it('leaves plain words as words', async () => {
    expect(await statementHtml('The outer norm stays bounded')).toContain(
      'The outer norm stays bounded',
    );
  });

  it('escapes prose and shows what does not parse as code', async () => {
    expect(await proseHtml('<script>x</script> costs 5$')).toBe(
      '&lt;script&gt;x&lt;/script&gt; costs 5$',
    );
    const broken = await proseHtml(String.raw`see $\frac{<b>$`);
    expect(broken).toContain('<code title="not typeset:');
    expect(broken).not.toContain('<b>');
  });
});

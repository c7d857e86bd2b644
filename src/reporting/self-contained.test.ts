import { describe, expect, it } from 'vitest';
import { externalReferences, selfContained } from './self-contained.js';

const page = (body: string): string =>
  `<!DOCTYPE html><html><head></head><body>${body}</body></html>`;

describe('selfContained', () => {
  it('strips the analytics and forbids requests to other hosts', () => {
    const html = selfContained(
      page(
        '<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>\n<script>\n  window.dataLayer = window.dataLayer || [];\n  gtag("js");</script><script>keep()</script>',
      ),
    );
    expect(html).not.toMatch(/googletagmanager|gtag|dataLayer/);
    expect(html).toContain('<script>keep()</script>');
    expect(html).toMatch(
      /<head>\s*<meta http-equiv="Content-Security-Policy" content="default-src 'none';/,
    );
  });

  it.each([
    '<script src="https://cdn.example/x.js"></script>',
    '<link rel=stylesheet href=//cdn.example/x.css>',
    "<img src='http://a.example/i.png'>",
    '<img src="picture.png">',
    '<iframe src="https://a.example"></iframe>',
    '<style>@import "https://a.example/x.css";</style>',
    '<style>p { background: url(https://a.example/x.png) }</style>',
  ])('refuses what is left: %s', (body) => {
    expect(() => selfContained(page(body))).toThrow(
      /^selfContained: the page must load nothing from outside, got /,
    );
  });

  it('refuses a page without a head', () => {
    expect(() => selfContained('<p>')).toThrow(
      'selfContained: the page must have a <head>, got none',
    );
  });

  it('lets data, fragments, links to follow and text in scripts pass', () => {
    expect(
      externalReferences(
        page(
          '<img src="data:image/png;base64,x"><a href="https://a.example">a</a><use href="#x"/><script>const t = \'<img src="https://a.example">\';</script>',
        ),
      ),
    ).toEqual([]);
  });
});

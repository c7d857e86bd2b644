import { MathJaxNewcmFont } from '@mathjax/mathjax-newcm-font/mjs/svg.js';
import type { LiteElement } from '@mathjax/src/js/adaptors/lite/Element.js';
import { liteAdaptor } from '@mathjax/src/js/adaptors/liteAdaptor.js';
import { RegisterHTMLHandler } from '@mathjax/src/js/handlers/html.js';
import '@mathjax/src/js/input/tex/ams/AmsConfiguration.js';
import '@mathjax/src/js/input/tex/base/BaseConfiguration.js';
import '@mathjax/src/js/input/tex/boldsymbol/BoldsymbolConfiguration.js';
import '@mathjax/src/js/input/tex/mathtools/MathtoolsConfiguration.js';
import '@mathjax/src/js/input/tex/newcommand/NewcommandConfiguration.js';
import { TeX } from '@mathjax/src/js/input/tex.js';
import { mathjax } from '@mathjax/src/js/mathjax.js';
import { SVG } from '@mathjax/src/js/output/svg.js';
import '@mathjax/src/js/util/asyncLoad/esm.js';

/** A formula as a picture; lengths in units of the surrounding font's x-height. */
export interface TexPicture {
  /** A whole SVG document. */
  readonly svg: string;
  readonly widthEx: number;
  readonly heightEx: number;
  /** How far the picture reaches below the base line. */
  readonly depthEx: number;
}

/** Pixels of an em and an ex in the text around formulas: the report's body font. */
const EM = 16;
const EX = 8;

/** Line length at which display formulas are broken, in em. */
const LINE_LENGTH = 46;

// `html` and `require` are left out on purpose: a claim must not add links or load code.
const PACKAGES = ['base', 'ams', 'boldsymbol', 'mathtools', 'newcommand'];

const adaptor = liteAdaptor({ fontSize: EM });
RegisterHTMLHandler(adaptor);

// Made once: setting up the font takes longer than typesetting a page of formulas.
const output = new SVG({
  fontData: MathJaxNewcmFont,
  fontCache: 'local',
  displayAlign: 'left',
  displayOverflow: 'linebreak',
  linebreaks: { inline: false },
});

/** An input of its own per formula, so that a `\newcommand` of one does not reach the next. */
function newDocument() {
  const input = new TeX({
    packages: PACKAGES,
    formatError: (_: unknown, error: Error) => {
      throw error;
    },
  });
  return mathjax.document('', { InputJax: input, OutputJax: output });
}

/**
 * Typesets TeX as a picture; the same source gives the same bytes.
 *
 * @param style `display` breaks lines longer than 46 em, `inline` never breaks
 * @throws SyntaxError when the source does not parse: `texToSvg: source must be valid TeX, got …`
 */
export async function texToSvg(source: string, style: 'display' | 'inline'): Promise<TexPicture> {
  let container: LiteElement;
  try {
    container = await newDocument().convertPromise(source, {
      display: style === 'display',
      em: EM,
      ex: EX,
      containerWidth: LINE_LENGTH * EM,
    });
  } catch (error) {
    // MathJax's TexError is no Error.
    const { message } = error as { message: string };
    throw new SyntaxError(
      `texToSvg: source must be valid TeX (${message}), got ${JSON.stringify(source)}`,
      { cause: message },
    );
  }
  const svg = adaptor.tags(container, 'svg')[0];
  const depth = /vertical-align:\s*(-?[\d.]+)ex/.exec(adaptor.getAttribute(svg, 'style') ?? '');
  const text = adaptor
    .serializeXML(svg)
    // Ids are numbered over the life of the process; each picture is a document of its own.
    .replaceAll(/MJX-\d+-/g, 'MJX-');
  return {
    svg: text,
    widthEx: Number.parseFloat(adaptor.getAttribute(svg, 'width')),
    heightEx: Number.parseFloat(adaptor.getAttribute(svg, 'height')),
    depthEx: depth ? -Number(depth[1]) : 0,
  };
}

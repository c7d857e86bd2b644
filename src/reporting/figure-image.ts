import type { Figure } from '../claims/index.js';
import { figureSvg } from './figure-svg.js';
import type { Html } from './markup.js';
import { svgDataUri } from './rich-text.js';
import { escapeMarkup } from './text.js';

/** A figure as a picture inside the page, title and caption as its alternative text. */
export function figureImage(figure: Figure): Html {
  const alt = escapeMarkup(`${figure.title}. ${figure.caption}`);
  return `<p style="margin:8px 0"><img src="${svgDataUri(figureSvg(figure))}" alt="${alt}" style="max-width:100%;height:auto;background:#fff"></p>`;
}

import { escapeMarkup } from './text.js';

/** Trusted HTML: made here, with everything that came from a claim already escaped. */
export type Html = string;

const CELL =
  'border:1px solid #8886;padding:4px 10px;text-align:left;vertical-align:top;white-space:normal';

/** A table; cells are HTML. Empty when it has no rows. */
export function table(header: readonly string[], rows: readonly (readonly Html[])[]): Html {
  if (rows.length === 0) return '';
  const head = header.map((name) => `<th style="${CELL}">${escapeMarkup(name)}</th>`).join('');
  const body = rows
    .map(
      (row) =>
        `<tr style="background:transparent">${row.map((cell) => `<td style="${CELL}">${cell}</td>`).join('')}</tr>`,
    )
    .join('');
  return `<div style="overflow-x:auto;margin:8px 0"><table style="display:table;width:auto;max-width:100%;border-collapse:collapse"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A headed section; empty when its body is. */
export function section(title: string, body: Html): Html {
  if (body === '') return '';
  return `<h3 style="margin:20px 0 6px">${escapeMarkup(title)}</h3>${body}`;
}

/** A paragraph of plain text. */
export function paragraph(text: string): Html {
  return text === '' ? '' : `<p style="margin:8px 0">${escapeMarkup(text)}</p>`;
}

/** A command or other code on a line of its own. */
export function codeBlock(text: string): Html {
  return `<pre style="margin:8px 0;white-space:pre-wrap;overflow-wrap:anywhere"><code>${escapeMarkup(text)}</code></pre>`;
}

const LONGEST = 60;

/** A number or fraction of a certificate; the middle of a very long one is left to the stored file. */
export function exactNumber(text: string): Html {
  const short =
    text.length <= LONGEST
      ? text
      : `${text.slice(0, LONGEST / 2)}…${text.slice(-LONGEST / 4)} (${text.length} characters)`;
  return `<code style="white-space:normal;word-break:break-all">${escapeMarkup(short)}</code>`;
}

/**
 * Text as a terminal may show it: control characters (C0, C1, delete, line and paragraph separators) and those that
 * reorder text (bidirectional marks, embeddings, overrides, isolates) become escapes such as \x1b and \u202e, so that
 * neither a file nor a claim can move the cursor, colour a line or show words in another order than they are written.
 */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, escaped);
}

/** The same in one line: line breaks and tabs become single spaces. */
export function oneLine(text: string): string {
  return printable(text.replaceAll(/\s*[\r\n\t]+\s*/g, ' ').trim());
}

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

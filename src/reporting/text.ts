import type { Shown } from './result-view.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML or XML text or attribute value. Control characters, which XML forbids, are dropped. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]).replace(FORBIDDEN_IN_XML, '');
}

// oxlint-disable-next-line no-control-regex -- these are the characters to remove
const FORBIDDEN_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/**
 * A number as people read it: at most `digits` significant digits, a true minus sign, powers of ten
 * outside [1e-4, 1e7). Strings (infinities, fractions) are shown as they are.
 */
export function formatNumber(value: Shown, digits = 4): string {
  if (typeof value === 'string') {
    const named: Readonly<Record<string, string>> = { Infinity: '∞', '-Infinity': '−∞' };
    return named[value] ?? value;
  }
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return String(value).replace('-', '−');
  if (size >= 1e-4 && size < 1e7) {
    return String(Number(value.toPrecision(digits))).replace('-', '−');
  }
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  const head = String(Number(mantissa)).replace('-', '−');
  const power = `10${superscript(Number(exponent))}`;
  return head === '1' ? power : head === '−1' ? `−${power}` : `${head}·${power}`;
}

/** An integer in superscript characters. */
export function superscript(value: number): string {
  const characters: Readonly<Record<string, string>> = { '-': '⁻', 1: '¹', 2: '²', 3: '³' };
  return [...String(value)]
    .map((c) => characters[c] ?? String.fromCodePoint(0x2070 + Number(c)))
    .join('');
}

/** A share in per cent, with three significant digits. */
export function formatPercent(share: number): string {
  return `${formatNumber(100 * share, 3)} %`;
}

/** "1 trial", "2 trials". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

/** The sentence with a full stop and a capital first letter, unless that is a symbol of its own (“d”). */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length === 0) return '';
  const capital = /^\p{Ll}\p{Ll}/u.test(trimmed)
    ? trimmed[0].toUpperCase() + trimmed.slice(1)
    : trimmed;
  return /[.!?…:]$/.test(capital) ? capital : `${capital}.`;
}

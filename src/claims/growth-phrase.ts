import type { Judgement } from './verdict.js';

/** The exponents of a judgement and what they exclude. */
export type Growth = Pick<Judgement, 'exponents' | 'exponentLimits' | 'excludedGrowth'>;

/** An implied constant along a path, in words and numbers for people. */
export interface GrowthLine {
  /** Such as "c along d". */
  readonly name: string;
  readonly exponent: number;
  readonly lower: number;
  readonly upper: number;
  /** Hardness that grows like size to this power or faster is excluded; may be infinite. */
  readonly from: number;
  /** The power that must be excluded; null where the path does not decide. */
  readonly needed: number | null;
}

/** What a ladder says of each implied constant along each path; those that decide come first. */
export function growthLines({ exponents, exponentLimits, excludedGrowth }: Growth): GrowthLine[] {
  const lines = Object.entries(exponents ?? {}).map(([name, exponent]): GrowthLine => {
    const { lower, upper } = exponentLimits?.[name] ?? { lower: -Infinity, upper: Infinity };
    const { from, needed } = excludedGrowth?.[name] ?? { from: Infinity, needed: null };
    return { name, exponent, lower, upper, from, needed };
  });
  return [
    ...lines.filter(({ needed }) => needed !== null),
    ...lines.filter(({ needed }) => needed === null),
  ];
}

/** Two decimals, a true minus sign, ∞ for what has no limit. */
export function exponentText(exponent: number): string {
  if (Number.isNaN(exponent)) return 'unknown';
  const size = Math.abs(exponent);
  const text = size === Infinity ? '∞' : size.toFixed(2);
  return exponent < 0 && text !== '0.00' ? `−${text}` : text;
}

/** The growth that a line excludes, and what is missing. */
export function excludedText({ from, needed }: Pick<GrowthLine, 'from' | 'needed'>): string {
  const excluded =
    from === Infinity
      ? 'no growth is excluded'
      : `growth like size^${exponentText(from)} or faster is excluded`;
  if (needed === null) return `${excluded} (does not decide)`;
  return from < needed ? excluded : `${excluded}, size^${exponentText(needed)} must be`;
}

/** The exponent of an implied constant along a path with its limits, and the growth that they exclude, in one line. */
export function growthPhrase(line: GrowthLine): string {
  const { name, exponent, lower, upper } = line;
  return `${name}: exponent ${exponentText(exponent)} in [${exponentText(lower)}, ${exponentText(upper)}], ${excludedText(line)}`;
}

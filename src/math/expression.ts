import { all, create, isSymbolNode, parse } from './mathjs.js';
import { fromDouble } from './rational.js';
import type { BigNumber, MathJsInstance, MathNode } from 'mathjs';

/** Decimal digits that high-precision evaluation carries. */
export const HIGH_PRECISION_DIGITS = 64;

const precise: MathJsInstance = create(all);
// Set afterwards: the one-file bundle of mathjs ignores the number type given to `create`.
precise.config({ number: 'BigNumber', precision: HIGH_PRECISION_DIGITS });

/** A formula written once: compiled to float64, evaluated at high precision, rendered as TeX. */
export interface Expression<Name extends string = string> {
  readonly text: string;
  readonly symbols: readonly Name[];
  /** The value in float64. @throws TypeError when it is not a real number. */
  evaluate(scope: Readonly<Record<Name, number>>): number;
  /**
   * The value with 64 digits. Numbers in the scope stand for the exact doubles they are; strings are
   * read as decimals, so that "0.1" is one tenth.
   * @throws TypeError when it is not a real number.
   */
  evaluateBig(scope: Readonly<Record<Name, number | string | BigNumber>>): BigNumber;
  readonly tex: string;
}

/**
 * A double as a BigNumber with exactly its value, however many digits that has; a decimal string as
 * it is written.
 */
export function bigNumber(value: number | string | BigNumber): BigNumber {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return precise.bignumber(value) as BigNumber;
  }
  const { numerator, denominator } = fromDouble(value);
  const places = denominator.toString(2).length - 1; // the denominator is a power of two
  return precise.bignumber(`${numerator * 5n ** BigInt(places)}e-${places}`) as BigNumber;
}

/** mathjs with BigNumbers of 64 digits, for confirmations that need more than one formula. */
export const highPrecision: MathJsInstance = precise;

/**
 * Compiles a mathjs expression.
 *
 * @param text the formula, in mathjs syntax (`log` is the natural logarithm)
 * @param tex how symbols are typeset, by name; a symbol left out is typeset by mathjs
 * @throws SyntaxError when the text does not parse
 */
export function expression<Name extends string>(
  text: string,
  tex: Readonly<Record<Name, string>>,
): Expression<Name> {
  const symbols = Object.keys(tex) as Name[];
  const tree: MathNode = parse(text);
  const compiled = tree.compile();
  const compiledBig = precise.parse(text).compile();
  return {
    text,
    symbols,
    evaluate(scope) {
      const value: unknown = compiled.evaluate({ ...scope });
      if (typeof value !== 'number') {
        throw new TypeError(`evaluate: ${text} must be a real number, got ${String(value)}`);
      }
      return value;
    },
    evaluateBig(scope) {
      const exact = Object.fromEntries(
        Object.entries<number | string | BigNumber>(scope).map(([k, v]) => [k, bigNumber(v)]),
      );
      const value: unknown = compiledBig.evaluate(exact);
      if (!precise.isBigNumber(value)) {
        throw new TypeError(`evaluateBig: ${text} must be a real number, got ${String(value)}`);
      }
      return value;
    },
    tex: tree.toTex({
      // The blank ends a command that stands before the symbol: "\cdot L", not "\cdotL".
      handler: (node: MathNode) =>
        isSymbolNode(node) && node.name in tex ? ` ${tex[node.name as Name]}` : undefined,
    }),
  };
}

import type { Counterexample } from '../../hunting/index.js';
import type { Terminal } from '../terminal.js';

type Explanation = NonNullable<Counterexample['explanation']>;

/** Prints which parts of a counterexample matter. */
export function printExplanation(out: Terminal, { parts, assumptions, slices }: Explanation): void {
  out.print('each part drawn again from the law while the others stay:');
  for (const { part, tried, violated, held, outside } of parts) {
    const what = [
      `violated ${violated}`,
      `holds ${held}`,
      `assumption fails ${outside}`,
      `undecided ${tried - violated - held - outside}`,
    ].filter((text) => !text.endsWith(' 0'));
    out.print(`  ${part}, ${tried} times: ${what.join(', ')}`);
  }
  out.print('assumptions, the nearest to failing first:');
  for (const { name, margin } of assumptions) {
    out.print(`  margin ${typeof margin === 'number' ? margin : JSON.stringify(margin)}: ${name}`);
  }
  for (const { number, values, margins } of slices) {
    out.print(`margin along ${number}:`);
    for (const [k, value] of values.entries()) {
      const margin = margins[k];
      out.print(`  ${margin === null ? 'nothing to say' : margin.toPrecision(4)} at ${value}`);
    }
  }
}

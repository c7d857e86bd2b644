import type { RandomSource } from '../../math/index.js';
import { normal } from '../../math/index.js';
import type { Tape } from './tape.js';
import { entriesOf, withEntries } from './tape.js';

/** Step sizes of climbing reach from 1 down to 10^−SCALES, each decade as likely as another. */
const SCALES = 9;

/**
 * A neighbour of a tape: a few entries moved by one random size, or drawn afresh; one step in five changes the
 * structure.
 */
export function neighbour(tape: Tape, random: RandomSource): Tape {
  const entries = entriesOf(tape);
  const structure = tape.structure.length;
  const data = entries.length - structure;
  if (structure > 0 && (data === 0 || random.uniform() < 0.2)) {
    const at = random.integer(structure);
    entries[at] = random.uniform() < 0.5 ? normal(random) : entries[at] + 0.3 * normal(random);
    return withEntries(tape, entries);
  }
  if (data === 0) return tape;
  const one = random.uniform() < 0.5;
  const share = one ? 0 : random.uniform() < 0.5 ? 3 / data : 1;
  const size = 10 ** (-SCALES * random.uniform());
  const afresh = random.uniform() < 0.15;
  const only = random.integer(data);
  for (let i = 0; i < data; i += 1) {
    if (one ? i !== only : random.uniform() >= share) continue;
    const at = structure + i;
    entries[at] = afresh ? normal(random) : entries[at] + size * normal(random);
  }
  return withEntries(tape, entries);
}

/** The tape with one or two entries of its structure drawn afresh. */
export function otherStructure(tape: Tape, random: RandomSource): Tape {
  if (tape.structure.length === 0) return neighbour(tape, random);
  const structure = [...tape.structure];
  const times = 1 + random.integer(2);
  for (let i = 0; i < times; i += 1) structure[random.integer(structure.length)] = normal(random);
  return { structure, data: tape.data };
}

/** Values that make draws meet: zeros, halves, ends, and copies of one another. */
const FEW_VALUES = [0, 0, 0.6744897501960817, -0.6744897501960817, 1, -1, 3, -3, 9, -9];

/** A tape whose data take few different values: equal, symmetric and extreme draws. */
export function degenerate(tape: Tape, random: RandomSource): Tape {
  const values = [normal(random), ...FEW_VALUES.filter(() => random.uniform() < 0.3)];
  const data = Object.fromEntries(
    Object.entries(tape.data).map(([name, entries]) => [
      name,
      entries.map(() => values[random.integer(values.length)] * random.sign()),
    ]),
  );
  return { structure: tape.structure, data };
}

/** A fresh tape of the same length with its data stretched by a factor between 1 and 4. */
export function stretched(tape: Tape, random: RandomSource): Tape {
  const factor = 4 ** random.uniform();
  const data = Object.fromEntries(
    Object.entries(tape.data).map(([name, entries]) => [
      name,
      entries.map(() => factor * normal(random)),
    ]),
  );
  return { structure: tape.structure, data };
}

import { elementaryTables } from '../math/index.js';

/**
 * Where the WASM engine's elementary functions expect their tables: TABLES in
 * kernels/elementary/tables.ts. Loads have these addresses built in.
 */
export const ELEMENTARY_TABLE_ADDRESS = 1024;

/** Bytes that the tables take from there. */
export const ELEMENTARY_TABLE_BYTES = 16496;

/**
 * Writes the tables and constants of src/math into a WASM memory, in the order of
 * kernels/elementary/tables.ts, so that the engine's functions work with the very doubles of
 * src/math. Costs about 10 ms at the first call.
 *
 * @param memory at least ELEMENTARY_TABLE_ADDRESS + ELEMENTARY_TABLE_BYTES bytes
 * @throws RangeError if the memory is smaller
 */
export function writeElementaryTables(memory: WebAssembly.Memory): void {
  const end = ELEMENTARY_TABLE_ADDRESS + ELEMENTARY_TABLE_BYTES;
  if (memory.buffer.byteLength < end) {
    throw new RangeError(
      `writeElementaryTables: memory must have at least ${end} bytes, got ${memory.buffer.byteLength}`,
    );
  }
  new Float64Array(memory.buffer, ELEMENTARY_TABLE_ADDRESS).set(tableEntries());
}

function tableEntries(): number[] {
  const tables = elementaryTables();
  const logs = Array.from(tables.reciprocals, (c, i) => [
    c,
    tables.logsHigh[i],
    tables.logsLow[i],
    0,
  ]);
  const inverseFactorials = [1];
  const inverses = [0];
  let factorial = 1;
  for (let n = 1; n <= 17; n += 1) {
    factorial *= n;
    inverseFactorials.push(1 / factorial);
    inverses.push(1 / n);
  }
  return [
    ...tables.roots,
    ...logs.flat(),
    ...tables.atanNodes,
    ...tables.atanComplements,
    ...inverseFactorials,
    ...inverses,
    ...tables.erfSmall,
    6755399441055744, // ROUND
    tables.stepsPerUnit,
    tables.stepHigh,
    tables.stepLow,
    tables.ln2High,
    tables.ln2Low,
    tables.twoOverPi,
    ...tables.halfPiParts,
    tables.slopeExcess,
    134217729, // VELTKAMP
    6291456, // SPLIT
    2 ** 52, // INTEGER
    2 ** 52 + 1023, // BIASED_INTEGER
    -0, // SIGN
    2,
    16,
    1 / 16,
    ...tables.erfRows.subarray(8 * 13),
  ];
}

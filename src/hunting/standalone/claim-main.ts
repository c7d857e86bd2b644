import type { Claim } from '../../claims/index.js';
import { createJs64, createWasm64 } from '../../training/index.js';
import type { Counterexample } from '../counterexample.js';
import { replay } from '../replay.js';
import { heading, sidesLines } from './report.js';

/** What a standalone file with the claim's own code does: recomputes its counterexample and prints both sides. */
export async function showByClaim(
  claim: Claim,
  stored: Counterexample,
  print: (line: string) => void,
): Promise<boolean> {
  for (const line of heading(stored)) print(line);
  print(`${claim.title} (${claim.source.key}, ${claim.source.place})`);
  print(claim.statement.trim());
  const engine = stored.engine === 'wasm64' ? createWasm64() : createJs64();
  const { clause, nearestAssumption, confirmation, certificate, reproduces, reason } = await replay(
    claim,
    stored,
    engine,
  );
  if (clause !== null) {
    for (const line of sidesLines(clause.name, String(clause.lhs), String(clause.rhs))) print(line);
  }
  if (nearestAssumption !== null) {
    const { name, margin } = nearestAssumption;
    print(`every assumption holds; nearest to failing: ${name}, margin ${margin}`);
  }
  if (confirmation !== null) {
    print(`with ${confirmation.digits} digits (${confirmation.method}):`);
    print(`  left side   ${confirmation.lhs}`);
    print(`  right side  ${confirmation.rhs}`);
    for (const { name, margin, holds } of confirmation.assumptions) {
      print(`  ${holds ? 'holds' : 'FAILS'}: ${name}, margin ${margin}`);
    }
  }
  for (const { what, left, relation, right, holds } of certificate?.checks ?? []) {
    print(`  ${holds ? 'holds' : 'FAILS'}: ${what}: ${left} ${relation} ${right}`);
  }
  print(reproduces ? `VIOLATED: ${clause?.name ?? stored.clause}` : `NOT REPRODUCED: ${reason}`);
  return reproduces;
}

import { checkCertificate } from '../../checking/index.js';
import type { Counterexample } from '../counterexample.js';
import { heading, sidesLines } from './report.js';

/** What a standalone file with the independent checker does: checks its counterexample and prints what it recomputed. */
export function showChecked(stored: Counterexample, print: (line: string) => void): boolean {
  for (const line of heading(stored)) print(line);
  const { verdict, reason, verified, sides, argued } = checkCertificate(stored);
  if (verdict === 'rejected') {
    print(`REJECTED: ${reason}`);
    return false;
  }
  if (sides !== null) {
    for (const line of sidesLines(sides.clause, sides.lhs, sides.rhs)) print(line);
  }
  print('recomputed from the numbers above, in exact arithmetic; each of these holds:');
  for (const statement of verified) print(`  ${statement}`);
  for (const statement of argued) print(`argued, for a person to read: ${statement}`);
  print(`why that refutes the claim: ${stored.certificate?.argument ?? ''}`);
  print(`VIOLATED: ${reason}`);
  return true;
}

import type { CheckResult } from '../../checking/index.js';
import { checkCertificate } from '../../checking/index.js';
import { parseJson, readText } from '../../files/index.js';
import { EXIT } from '../errors.js';
import type { Terminal } from '../terminal.js';
import { writeJson } from './list.js';

/** Statements that are printed; families have hundreds, which `--json` lists in full. */
const MOST_SHOWN = 40;

/**
 * Lets the independent checker read one counterexample file. It loads no claim: the file is all there is.
 *
 * @throws InputError when the file cannot be read or is not JSON
 */
export function verify(file: string, out: Terminal, json: string | undefined): number {
  const content = parseJson(file, readText(file));
  const result = checkCertificate(content);
  print(file, result, out);
  if (json !== undefined) writeJson(json, { file, ...result });
  return result.verdict === 'accepted' ? EXIT.asExpected : EXIT.unexpected;
}

function print(
  file: string,
  { verdict, reason, verified, settled, argued, notRead }: CheckResult,
  out: Terminal,
): void {
  out.print(file);
  if (verdict === 'rejected') {
    out.print(`${out.style('red', 'rejected')}: ${reason}`);
    return;
  }
  out.print(`${out.style('green', 'accepted')}: ${reason}`);
  out.print('verified from instance and data, in exact arithmetic:');
  for (const statement of verified.slice(0, MOST_SHOWN)) out.print(`  ${statement}`);
  const more = verified.length - MOST_SHOWN;
  if (more > 0) out.print(`  and ${more} more`);
  if (settled.length > 0) {
    out.print('assumptions of the reading, all settled:');
    for (const name of settled) out.print(`  ${name}`);
  }
  if (argued.length > 0) {
    out.print('argued in the certificate, for a person to read:');
    for (const statement of argued) out.print(`  ${statement}`);
  }
  out.print(`not read: ${notRead.join(', ')}`);
}

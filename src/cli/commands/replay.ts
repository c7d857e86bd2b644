import { join } from 'node:path';
import { ClaimFault } from '../../claims/index.js';
import type { Counterexample, Replay } from '../../hunting/index.js';
import {
  InputError,
  explained,
  readCounterexample,
  replay as recompute,
} from '../../hunting/index.js';
import type { LoadedClaim } from '../../running/index.js';
import { engineOf } from '../../running/index.js';
import { EXIT, UsageError } from '../errors.js';
import { locate } from '../locate.js';
import type { OptionValues } from '../options.js';
import { engineOption, parse, text, wholeNumber } from '../options.js';
import { claimsFor } from '../select.js';
import type { Terminal } from '../terminal.js';
import { terminal } from '../terminal.js';
import { corpusFolder } from './board.js';
import { writeJson } from './list.js';
import { printExplanation } from './explanation.js';
import { EXPLAINING, shrink } from './shrink.js';
import { writeStandalone } from './standalone.js';
import { verify } from './verify.js';

export const REPLAY_HELP = `falsum replay <counterexample id|file>

Recomputes one counterexample from its instance and prints both sides of the violated inequality,
its confirmation with more digits and its certificate.

With --verify the independent checker reads the certificate instead: it needs the file alone, loads no claim
and no solver, and recomputes in exact arithmetic of its own everything that has to be shown.

  --verify              accept or reject the certificate, by the independent checker
  --standalone <file>   write one file that recomputes it and prints both sides with nothing installed: node <file>
  --explain             say which parts matter, how near assumptions are to failing, and the margin along slices
  --shrink              make it smaller and simpler, and store the result in <reports>/found
  --budget <n>          with --shrink: most candidates that are judged (default: 2000)
  --attack <n>          attack effort of the recomputation (default: the one that found it)
  --engine <name>       the training engine (default: the one that found it)
  --properties <glob>   claims of your own instead of the built-in ones; may be repeated
  --reports <folder>    where found counterexamples are (default: reports)
  --corpus <folder>     stored counterexamples (default: those of the package; of your own claims: counterexamples)
  --json <file|->       the replay as JSON; with - to standard output

Exits 0 when the violation reproduces (with --verify: when the certificate is accepted), 1 when not.
`;

/** Replays one counterexample. */
export async function replay(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse('replay', argv, {
    properties: { type: 'string', multiple: true },
    reports: { type: 'string' },
    corpus: { type: 'string' },
    engine: { type: 'string' },
    attack: { type: 'string' },
    verify: { type: 'boolean' },
    explain: { type: 'boolean' },
    shrink: { type: 'boolean' },
    standalone: { type: 'string' },
    budget: { type: 'string' },
  });
  if (positionals.length !== 1) {
    throw new UsageError('replay: name one counterexample by its id or its file');
  }
  const json = text(values, 'json');
  const out = terminal({ quiet: values['quiet'] === true, jsonOnStdout: json === '-' });
  const reports = text(values, 'reports') ?? 'reports';
  const properties = (values['properties'] ?? []) as string[];
  const corpus = corpusFolder(text(values, 'corpus'), properties);
  const file = locate(positionals[0], [join(reports, 'found'), corpus]);
  if (values['verify'] === true) return verify(file, out, json);
  const counterexample = readCounterexample(file);
  const claims = await claimsFor(properties);
  const loaded = claims.find(({ claim }) => claim.id === counterexample.claim);
  if (!loaded) {
    throw new InputError(
      `${positionals[0]}: is a counterexample to ${counterexample.claim}, which is not loaded; give its file with --properties`,
    );
  }
  const { reading } = counterexample;
  if (!Object.hasOwn(loaded.claim.readings, reading)) {
    throw new InputError(
      `${positionals[0]}: is a counterexample to the reading "${reading}", which ${loaded.claim.id} does not have; it has ${Object.keys(loaded.claim.readings).join(', ')}`,
    );
  }
  try {
    return await recomputed(loaded, counterexample, values, out, json);
  } catch (error) {
    // The claim's code works on its own draws; here it was given what a file holds.
    if (error instanceof ClaimFault) {
      throw new InputError(
        `${positionals[0]}: ${loaded.claim.id} cannot read the instance of this file: ${error.message}`,
      );
    }
    throw error;
  }
}

async function recomputed(
  loaded: LoadedClaim,
  counterexample: Counterexample,
  values: OptionValues,
  out: Terminal,
  json: string | undefined,
): Promise<number> {
  const reports = text(values, 'reports') ?? 'reports';
  const standalone = text(values, 'standalone');
  if (standalone !== undefined) {
    return writeStandalone(counterexample, loaded.file, standalone, out, json);
  }
  const engine = await engineOf(engineOption(text(values, 'engine') ?? counterexample.engine));
  const attack = wholeNumber(
    'attack',
    text(values, 'attack'),
    counterexample.found.attack ?? 1,
    1,
    1000,
  );
  if (values['shrink'] === true) {
    const budget = wholeNumber('budget', text(values, 'budget'), 2000, 1, 1_000_000);
    return shrink(loaded.claim, counterexample, engine, { budget, reports }, out, json);
  }
  const result = await recompute(loaded.claim, counterexample, engine, attack);
  print(out, counterexample, result);
  const explanation =
    values['explain'] === true && result.reproduces
      ? (await explained(loaded.claim, counterexample, engine, EXPLAINING)).explanation
      : undefined;
  if (explanation !== undefined) printExplanation(out, explanation);
  if (json !== undefined) {
    const { trial: _, ...shown } = result;
    writeJson(json, {
      counterexample: counterexample.id,
      ...shown,
      ...(explanation === undefined ? {} : { explanation }),
    });
  }
  return result.reproduces ? EXIT.asExpected : EXIT.unexpected;
}

function print(out: Terminal, stored: Counterexample, result: Replay): void {
  out.print(
    `${out.style('bold', stored.claim)}, reading ${stored.reading}, counterexample ${stored.id}`,
  );
  const { clause, certificate, confirmation, nearestAssumption } = result;
  if (clause) {
    out.print(`clause     ${clause.name}`);
    out.print(`left side  ${clause.lhs}`);
    out.print(`right side ${clause.rhs}`);
    out.print(`margin     ${clause.margin.lower} … ${clause.margin.upper} (negative: violated)`);
  }
  if (nearestAssumption) {
    out.print(
      `assumption nearest to failing: ${nearestAssumption.name}, margin ${nearestAssumption.margin}`,
    );
  }
  if (confirmation) {
    out.print(`confirmed with ${confirmation.digits} digits (${confirmation.method}):`);
    out.print(`  left side  ${confirmation.lhs}`);
    out.print(`  right side ${confirmation.rhs}`);
    for (const { name, margin, holds } of confirmation.assumptions) {
      out.print(`  ${holds ? 'holds' : 'FAILS'}  ${name}: margin ${margin}`);
    }
  }
  if (certificate) {
    out.print(`certificate: ${certificate.statement}`);
    for (const { what, left, relation, right, holds } of certificate.checks) {
      out.print(`  ${holds ? 'holds' : 'FAILS'}  ${what}: ${left} ${relation} ${right}`);
    }
    out.print(`  ${certificate.argument}`);
  }
  if (result.flaw !== null) out.print(`${result.grade ?? 'suspect'}, not more: ${result.flaw}`);
  const same = result.identical ? ', bit for bit' : '';
  out.print(
    result.reproduces
      ? `${out.style('green', 'reproduces')}${same}; grade ${result.grade ?? 'none'}`
      : `${out.style('red', 'does not reproduce')}: ${result.reason}`,
  );
}

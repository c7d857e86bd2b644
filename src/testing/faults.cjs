'use strict';

/**
 * Injects faults of the disk: counts the operations that write below a folder, and lets some of them fail as the
 * system would. In this process through `withFaults`; in a command and all its threads by
 * `node --require faults.cjs` with FALSUM_FAULTS = {"root", "counter", "from", "code"} as JSON.
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { join, resolve, sep } = require('node:path');

/** By name: which argument is the path that is written. */
const WRITES = {
  appendFile: 0,
  copyFile: 1,
  cp: 1,
  fsync: 0,
  link: 1,
  mkdir: 0,
  mkdtemp: 0,
  open: 0,
  rename: 1,
  symlink: 1,
  write: 0,
  writeFile: 0,
};

/** What a file is opened for. */
const opensToWrite = (flags) =>
  typeof flags === 'string' ? /[wa+]/.test(flags) : typeof flags === 'number' && (flags & 3) !== 0;

/** Lets `fails(operation)` decide over every write below a folder; returns what puts everything back. */
function install(root, fails) {
  const inside = (path) => {
    const text = String(path);
    return text === root || text.startsWith(root + sep);
  };
  const handles = new Set();
  const stops = (name, args) => {
    const target = args[WRITES[name]];
    const below =
      typeof target === 'number'
        ? handles.has(target)
        : target !== undefined && inside(resolve(String(target)));
    if (!below || (name === 'open' && !opensToWrite(args[1]))) return null;
    const code = fails(`${name} ${typeof target === 'number' ? 'handle' : target}`);
    if (code === null) return null;
    const error = new Error(`${code}: injected, ${name} '${target}'`);
    return Object.assign(error, { code, errno: -1, syscall: name, path: String(target) });
  };
  const undo = [];
  const replace = (owner, key, make) => {
    const original = owner[key];
    if (typeof original !== 'function') return;
    owner[key] = make(original);
    undo.push(() => {
      owner[key] = original;
    });
  };
  for (const name of Object.keys(WRITES)) {
    replace(
      fs,
      `${name}Sync`,
      (original) =>
        function faulty(...args) {
          const error = stops(name, args);
          if (error !== null) throw error;
          const result = original.apply(fs, args);
          if (name === 'open') {
            if (inside(resolve(String(args[0])))) handles.add(result);
            else handles.delete(result);
          }
          return result;
        },
    );
    replace(
      fs,
      name,
      (original) =>
        function faulty(...args) {
          const error = stops(name, args);
          const done = args.at(-1);
          if (error !== null && typeof done === 'function') process.nextTick(done, error);
          else original.apply(fs, args);
        },
    );
    replace(
      fs.promises,
      name,
      (original) =>
        async function faulty(...args) {
          const error = stops(name, args);
          if (error !== null) throw error;
          return original.apply(fs.promises, args);
        },
    );
  }
  syncBuiltinESMExports();
  return () => {
    for (const back of undo) back();
    syncBuiltinESMExports();
  };
}

/**
 * Runs something while the writes below a folder from the `first`-th to the `last`-th fail (counted from 0).
 * Returns what they are, in order.
 */
function withFaults(root, { first, last, code }, run) {
  const seen = [];
  const undo = install(resolve(root), (operation) => {
    seen.push(operation);
    return seen.length - 1 >= first && seen.length - 1 <= last ? code : null;
  });
  try {
    run();
  } finally {
    undo();
  }
  return seen;
}

/** Numbers operations over all threads and processes: each takes the next free name in a folder. */
function numbered(counter) {
  let next = 0;
  const take = fs.openSync;
  const close = fs.closeSync;
  return () => {
    for (; ; next += 1) {
      try {
        close(take(join(counter, String(next)), 'wx'));
        return next;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
    }
  };
}

if (process.env.FALSUM_FAULTS !== undefined) {
  const { root, counter, from, code } = JSON.parse(process.env.FALSUM_FAULTS);
  const number = numbered(counter);
  install(resolve(root), () => (number() >= from ? code : null));
}

module.exports = { withFaults };

import type { Assumption } from './reading.js';

/**
 * Certificates and confirmations settle assumptions by their names, so these must be there and differ.
 *
 * @throws TypeError when they do not
 */
export function checkAssumptions(where: string, assumptions: readonly unknown[]): void {
  const names = assumptions.map((assumption, i) => {
    const { name, margin } = (assumption ?? {}) as Partial<Assumption<unknown>>;
    if (typeof name !== 'string' || name === '') {
      throw new TypeError(
        `${where}: assumptions[${i}].name must be a string that is not empty, got ${JSON.stringify(name)}`,
      );
    }
    if (typeof margin !== 'function') {
      throw new TypeError(`${where}: the margin of “${name}” must be a function of the instance`);
    }
    return name;
  });
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new TypeError(
      `${where}: each assumption must have a name of its own, got “${twice}” twice`,
    );
  }
}

/** What was added to the objects that all others inherit from, as a sentence; null where nothing was. */
export function polluted(): string | null {
  for (const [name, prototype] of [
    ['Object', Object.prototype],
    ['Array', Array.prototype],
  ] as const) {
    const [key] = Object.keys(prototype);
    if (key !== undefined) {
      return `sets ${name}.prototype.${key}, which every ${name.toLowerCase()} inherits; a claim must leave built-in objects as they are`;
    }
  }
  return null;
}

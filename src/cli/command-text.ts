/** Where a command looked for claims and files: what another command must be told to find the same. */
export interface Whereabouts {
  /** As given to --properties. */
  readonly properties: readonly string[];
  /** As given, or undefined for the default. */
  readonly reports?: string | undefined;
  readonly corpus?: string | undefined;
  readonly ledger?: string | undefined;
}

/**
 * A command as it can be pasted into a POSIX shell, in the folder that this one ran in.
 *
 * @param words after "falsum"
 * @param where options that were given and that the command has
 */
export function commandText(words: readonly string[], where: Whereabouts): string {
  const { properties, ...folders } = where;
  const options = [
    ...properties.flatMap((glob) => ['--properties', glob]),
    ...Object.entries(folders).flatMap(([name, folder]) =>
      folder === undefined ? [] : [`--${name}`, folder],
    ),
  ];
  return ['falsum', ...words, ...options].map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

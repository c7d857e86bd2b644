/** Numbers of an instance by name, for the histograms of what was generated. */
export type Features = Readonly<Record<string, number>>;

/** How deep nested parts of an instance are looked into. */
const DEEPEST = 3;

/**
 * The numbers of an instance without any help of its claim: each number under its path of keys, of each list of
 * numbers its length and Euclidean norm, of each list of lists the number of rows, the columns, and the smallest and largest norm
 * of a row. Texts, truth values, exact integers and seeds are left out.
 */
export function featuresOf(instance: unknown): Features {
  const found: Record<string, number> = {};
  visit(instance, '', 0, found);
  return found;
}

function visit(value: unknown, path: string, depth: number, found: Record<string, number>): void {
  if (typeof value === 'number') {
    found[path] = value;
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isList(value)) {
    visitList(value, path, found);
    return;
  }
  if (depth === DEEPEST) return;
  for (const [key, part] of Object.entries(value)) {
    if (/seed$/i.test(key)) continue;
    visit(part, path === '' ? key : `${path}.${key}`, depth + 1, found);
  }
}

function visitList(list: ArrayLike<unknown>, path: string, found: Record<string, number>): void {
  const name = (what: string): string => (path === '' ? what : `${path}: ${what}`);
  found[name('count')] = list.length;
  if (list.length === 0) return;
  if (isNumbers(list)) {
    found[name('norm')] = normOf(list);
    return;
  }
  const rows = Array.from(list);
  if (!rows.every((row) => isList(row) && row.length > 0)) return;
  found[name('columns')] = (rows[0] as ArrayLike<unknown>).length;
  if (!rows.every((row) => isNumbers(row as ArrayLike<unknown>))) return;
  const norms = rows.map((row) => normOf(row as ArrayLike<number>));
  found[name('smallest norm')] = Math.min(...norms);
  found[name('largest norm')] = Math.max(...norms);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

function isNumbers(list: ArrayLike<unknown>): list is ArrayLike<number> {
  return Array.prototype.every.call(list, (entry) => typeof entry === 'number');
}

/** √Σx², without overflow. */
function normOf(list: ArrayLike<number>): number {
  let norm = 0;
  for (let k = 0; k < list.length; k += 1) norm = Math.hypot(norm, list[k]);
  return norm;
}

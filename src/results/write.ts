import { csvText } from '../core/csv.ts';
import { seriesOf } from './formats/counts.ts';
import type { Measured } from './results.ts';
import { escaped } from './table.ts';

/**
 * Counts as a file of this page's own, which the reader of counts reads back as they are, order included: a row a model and
 * problem, `problem,model,n,correct`. What a sheet would compute has a `'` before it.
 *
 * Problems of a histogram have no ids: with such a model there is a fifth column, `problems`, and a row without an id is of
 * so many problems, one behind another in the model's order.
 */
export function countsCsv(models: readonly Measured[]): string {
  const isNamed = models.every(({ hasIds }) => hasIds);
  const header = ['problem', 'model', 'n', 'correct', ...(isNamed ? [] : ['problems'])];
  const rows = models.flatMap((model) => {
    const name = escaped(model.name);
    return model.hasIds
      ? [...model.problems].map(([id, { n, c }]) => [
          ...[escaped(id), name, String(n), String(c)],
          ...(isNamed ? [] : ['1']),
        ])
      : runs(model).map(({ n, c, problems }) => ['', name, String(n), String(c), String(problems)]);
  });
  return csvText([header, ...rows]);
}

/** Neighbours with the same counts as one. */
function runs({ problems }: Measured): { n: number; c: number; problems: number }[] {
  const found: { n: number; c: number; problems: number }[] = [];
  for (const { n, c } of problems.values()) {
    const last = found.at(-1);
    if (last && last.n === n && last.c === c) last.problems++;
    else found.push({ n, c, problems: 1 });
  }
  return found;
}

/**
 * The same, models side by side, `problem,n,{model}_correct,…`, which is shorter.
 *
 * @returns null where they have not the same problems, n and order, or have names by which columns are not found
 */
export function wideCsv(models: readonly Measured[]): string | null {
  const [first, ...others] = models;
  if (!first || !models.every(({ hasIds }) => hasIds)) return null;
  const entries = [...first.problems];
  const isSame = others.every(({ problems }) => {
    const theirs = [...problems];
    return (
      theirs.length === entries.length &&
      theirs.every(([id, { n }], i) => id === entries[i]![0] && n === entries[i]![1].n)
    );
  });
  if (!isSame) return null;
  const names = models.map(({ name }) => name);
  const header = ['problem', 'n', ...names.map((name) => `${name}_correct`)];
  const found = seriesOf(header).map(({ model, n }) => (n === null ? model : null));
  if (new Set(names).size < names.length || found.join('\0') !== names.join('\0')) return null;
  const rows = entries.map(([id, { n }]) => [
    ...[escaped(id), String(n)],
    ...models.map(({ problems }) => String(problems.get(id)!.c)),
  ]);
  return csvText([header.map(escaped), ...rows]);
}

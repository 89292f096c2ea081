import type { Measured } from '../../results/results.ts';

/** What of something given its names depend on. */
interface Named {
  source: { name: string };
  names: readonly string[];
}

/**
 * The names of the models of a file. Files of a model that differ by their seed have one name, and are added up; but two files
 * that are called the same, from two folders, are of two models: the second is `results (2)`.
 */
export function ownNames(
  file: string,
  models: readonly Measured[],
  others: readonly Named[],
): string[] {
  const taken = new Set(
    others.filter(({ source }) => source.name === file).flatMap(({ names }) => names),
  );
  return models.map(({ name }) => {
    let own = name;
    for (let i = 2; taken.has(own); i++) own = `${name} (${i})`;
    return own;
  });
}

/** The base is called so, or as what stands before training; else it is the first. Null for no models. */
export const baseAmong = (models: readonly Measured[]): string | null =>
  (
    models.find(({ name }) => /(^|[^a-z])(base|pretrained)([^a-z]|$)/i.test(name)) ??
    models.find(({ name }) => /(^|[^a-z])(sft|instruct|step[ _-]?0)([^a-z0-9]|$)/i.test(name)) ??
    models[0]
  )?.name ?? null;

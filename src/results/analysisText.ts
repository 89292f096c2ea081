import { csvText } from '../core/csv.ts';
import type { Analysis, Band } from './analysis.ts';

/** What a crossing's Infinity is in JSON, which has none: further than the largest k. */
const BEYOND = 'beyond';

/** JSON of an analysis, alone or with what belongs to it; `"beyond"` for Infinity. */
export const analysisJson = (analysis: object): string =>
  JSON.stringify(analysis, (_, value: unknown) => (value === Infinity ? BEYOND : value), 1);

interface Column {
  title: string;
  /** Empty where there is none at this k. */
  at(k: number): number | undefined;
}

const bandColumns = (of: string, bands: readonly Band[]): Column[] => {
  const at = new Map(bands.map((band) => [band.k, band]));
  return [
    { title: `low of ${of}`, at: (k) => at.get(k)?.low },
    { title: `high of ${of}`, at: (k) => at.get(k)?.high },
  ];
};

/**
 * CSV with a line for each k: pass@k of each model with its band, pass^k, and the differences with theirs. Bands stand at
 * some k only. A title does not begin with a name, which could be read as a formula.
 */
export function analysisCsv({
  models,
  comparisons,
}: Pick<Analysis, 'models' | 'comparisons'>): string {
  const columns: Column[] = [
    ...models.flatMap(({ name, passAt, passHat, bands }) => [
      { title: `pass@k of ${name}`, at: (k: number) => passAt[k - 1] },
      ...bandColumns(`pass@k of ${name}`, bands),
      { title: `pass^k of ${name}`, at: (k: number) => passHat[k - 1] },
    ]),
    ...comparisons.flatMap(({ base, trained, basePassAt, trainedPassAt, bands }) => {
      const title = `pass@k of ${trained} minus ${base}`;
      const difference = (k: number) =>
        k <= basePassAt.length ? trainedPassAt[k - 1]! - basePassAt[k - 1]! : undefined;
      return [{ title, at: difference }, ...bandColumns(title, bands)];
    }),
  ];
  const largestK = Math.max(...models.map(({ passAt }) => passAt.length));
  return csvText([
    ['k', ...columns.map(({ title }) => title)],
    ...Array.from({ length: largestK }, (_, i) => [
      String(i + 1),
      ...columns.map(({ at }) => String(at(i + 1) ?? '')),
    ]),
  ]);
}

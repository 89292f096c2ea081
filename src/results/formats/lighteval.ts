import { eachParquetRow } from '../parquet.ts';
import { isRecord, type JsonRecord } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import type { Choice } from '../results.ts';
import { createNotes } from '../notes.ts';
import { createTally, idOfText } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';

const DOC = ['doc', '__doc__'];
const METRIC = ['metric', '__metric__', 'metrics', '__metrics__'];

/** lighteval, docs/source/saving-and-reading-results.mdx and logging/info_loggers.py, at 3fd1526. */
export const lighteval: Format = {
  id: 'lighteval',
  kind: 'parquet',
  name: 'lighteval details',
  looks: 'Parquet with the columns doc and metric',
  recognises: ({ parquet }) =>
    parquet !== null &&
    [DOC, METRIC].every((names) => parquet.some(({ name }) => names.includes(name))),
  read,
};

/** How many samples a metric is the mean over; 1 for one that names none, null for pass@k of k > 1 and the like. */
export function samplesOf(metric: string): number | null {
  const [, of] = /^(?:pass@k|avg@n|avg@k)\b.*\bn=(\d+)/.exec(metric) ?? [];
  const isMean = !/\bk=(?!1\b)\d+/.test(metric) || metric.startsWith('avg');
  if (of !== undefined) return isMean ? Number(of) : null;
  const [, older] = /pass@1:(\d+)(?:_samples)?$/.exec(metric) ?? [];
  if (older !== undefined) return Number(older);
  return /@/.test(metric) ? null : 1;
}

async function read({ source, head, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const called = (names: string[]): string =>
    head.parquet!.find(({ name }) => names.includes(name))!.name;
  const [doc, metrics] = [called(DOC), called(METRIC)];
  const tally = createTally(file);
  const counted = createNotes();
  let metric: Choice | null = null;
  await eachParquetRow(
    source,
    [doc, metrics],
    (row, number) => {
      const where = `row ${number}`;
      const values = recordOf(row[metrics]);
      if (!values)
        throw refusal(file, where, `${metrics} is ${shown(row[metrics])}`, 'values by metric');
      metric ??= choiceOf(file, choose, Object.keys(values));
      const { value: key } = metric;
      const n = samplesOf(key)!;
      const value = values[key];
      const c = Math.round(Number(value) * n);
      // A mean of n verdicts, perhaps in 32 bits.
      if (value !== null && !(Math.abs(Number(value) * n - c) < 0.01 && c >= 0 && c <= n))
        throw refusal(file, where, `${key} is ${shown(value)}`, `a mean over ${n} verdicts`);
      if (value === null) counted.count('nulls', n);
      const { id } = recordOf(row[doc]) ?? {};
      const named = id === null || id === undefined || id === '' ? where : idOfText(String(id));
      tally.add(alone, named, n, value === null ? 0 : c);
    },
    told,
  );
  return readingOf('lighteval', tally, { choices: metric ? [metric] : [], counted });
}

function choiceOf(file: string, choose: Task['choose'], metrics: readonly string[]): Choice {
  const values = metrics
    .filter((metric) => (samplesOf(metric) ?? 0) > 0)
    .sort((a, b) => samplesOf(b)! - samplesOf(a)!);
  if (values.length > 0)
    return choose({ key: 'metric', label: 'metric', value: values[0]!, values });
  const found = `its metrics are ${shown(metrics.join(', '))}`;
  throw refusal(file, null, found, 'one such as pass@k:k=1&n=16 or avg@n:n=16');
}

/** A struct, or one that was written as JSON. */
function recordOf(value: unknown): JsonRecord | null {
  if (typeof value !== 'string') return isRecord(value) ? value : null;
  try {
    const read: unknown = JSON.parse(value);
    return isRecord(read) ? read : null;
  } catch {
    return null;
  }
}

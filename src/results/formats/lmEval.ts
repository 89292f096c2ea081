import { eachRecord, idIn, verdictOf, type JsonRecord } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import type { ResultsError } from '../results.ts';
import { createTally, type Tally } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';

/** EleutherAI/lm-evaluation-harness `--log_samples`, lm_eval/evaluator.py, at 4e7e0d4. */
export const lmEval: Format = {
  id: 'lm-eval',
  kind: 'records',
  name: 'lm-evaluation-harness samples',
  looks: 'JSON Lines with doc_id, filter and metrics, one line a document and filter',
  recognises: ({ json }) =>
    json !== null &&
    json.keys.has('doc_id') &&
    ['filter', 'filtered_resps', 'resps', 'metrics'].some((key) => json.keys.has(key)),
  read,
};

/** Keys that are no metric, for the versions that do not list them. */
const OTHERS = ['doc_id', 'doc_hash', 'prompt_hash', 'target_hash', 'filter', 'target'];
const NO_FILTER = 'none';

/** What one filter and one metric say: of a metric that is no verdict, why. */
interface Cell {
  tally: Tally;
  refused: ResultsError | null;
  nulls: number;
}

async function read({ source, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const name = alone;
  /** By filter, for a document comes once for each, and then by metric. */
  const cells = new Map<string, Map<string, Cell>>();
  await eachRecord(
    source,
    (record, where) => {
      const filter = typeof record['filter'] === 'string' ? record['filter'] : NO_FILTER;
      const by = cells.get(filter) ?? new Map<string, Cell>();
      cells.set(filter, by);
      const key = typeof record['doc_hash'] === 'string' ? 'doc_hash' : 'doc_id';
      const id = idIn(record[key], key, file, where);
      const metrics = metricsOf(record);
      if (metrics.length === 0)
        throw refusal(file, where, 'it has no metric', 'a metric such as exact_match');
      for (const metric of metrics) {
        const cell = by.get(metric) ?? { tally: createTally(file), refused: null, nulls: 0 };
        by.set(metric, cell);
        const verdict = verdictOf(record[metric]);
        if (verdict === undefined)
          cell.refused ??= refusal(
            file,
            where,
            `${metric} is ${shown(record[metric])}`,
            'a metric that is 1 or 0 for each document',
          );
        else cell.tally.add(name, id, 1, verdict ? 1 : 0);
        if (verdict === null) cell.nulls++;
      }
    },
    told,
  );
  const filters = [...cells.keys()];
  const filter = choose({
    ...{ key: 'filter', label: 'filter', value: filters[0]!, values: filters },
  });
  const by = cells.get(filter.value)!;
  const metrics = [...by.keys()];
  const value = metrics.find((metric) => by.get(metric)!.refused === null) ?? metrics[0]!;
  const metric = choose({ key: 'metric', label: 'metric', value, values: metrics });
  const { tally, refused, nulls } = by.get(metric.value)!;
  if (refused) throw refused;
  return readingOf('lm-eval', tally, {
    choices: [filter, metric],
    notes: [
      'The harness writes one verdict a document, and pass@k for k > 1 needs several runs (other seeds): give them the same name and they are added up.',
      ...(filters.length > 1
        ? [`Each document comes once for each filter; those of ${filter.value} are read.`]
        : []),
      ...(nulls > 0 ? [`${nulls} of the documents have no verdict; they count as wrong.`] : []),
    ],
  });
}

function metricsOf(record: JsonRecord): string[] {
  const listed = record['metrics'];
  if (Array.isArray(listed)) {
    const found = listed.filter((key) => typeof key === 'string' && key in record);
    if (found.length > 0) return found as string[];
  }
  return Object.keys(record).filter(
    (key) => !OTHERS.includes(key) && ['number', 'boolean'].includes(typeof record[key]),
  );
}

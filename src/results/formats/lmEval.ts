import { eachRecord, idIn, verdictOf, type JsonRecord } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import type { ResultsError } from '../results.ts';
import { createTally, type Tally } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';
import { correctOf, kOf, passK } from './passAt.ts';

/** EleutherAI/lm-evaluation-harness `--log_samples`, lm_eval/evaluator.py, at 4e7e0d4. */
export const lmEval: Format = {
  id: 'lm-eval',
  kind: 'records',
  name: 'lm-evaluation-harness samples',
  joins: 'runs',
  looks: 'JSON Lines with doc_id, filter and metrics, one line a document and filter',
  recognises: ({ json }) =>
    json !== null &&
    json.keys.has('doc_id') &&
    ['filter', 'filtered_resps', 'resps', 'metrics'].some((key) => json.keys.has(key)),
  read,
};

/** Keys that are no metric, for the versions that do not list them. */
const OTHERS = ['doc_id', 'doc_hash', 'prompt_hash', 'target_hash', 'filter', 'target', 'version'];
/** Which metric is the likelier, of those versions. */
const LIKELY = ['exact_match', 'pass@1', 'acc', 'em', 'correct'];
const NO_FILTER = 'none';
/** What pass@1, pass@2 … of several samples say together. */
const COUNTS = 'pass@k';
/** Each has its own counts of all documents. */
const MOST_CELLS = 100;

/** What one filter and one metric say: of a metric that says no count, why. */
interface Cell {
  tally: Tally;
  refused: ResultsError | null;
  nulls: number;
  /** Documents of which one sample more may be wrong. */
  unsure: number;
}

/** Of n samples c, which may be one less; null verdicts are wrong. */
interface Said {
  n: number;
  c: number;
  isNull?: boolean;
  isUnsure?: boolean;
}

async function read({ source, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  /** By filter, for a document comes once for each, and then by metric. */
  const cells = new Map<string, Map<string, Cell>>();
  let size = 0;
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
        let cell = by.get(metric);
        if (!cell) {
          cell = { tally: createTally(file), refused: null, nulls: 0, unsure: 0 };
          by.set(metric, cell);
          if (++size > MOST_CELLS)
            throw refusal(
              file,
              where,
              `this is metric and filter no. ${size}`,
              `at most ${MOST_CELLS} of them`,
            );
        }
        const said = metric === COUNTS ? countsIn(record) : verdictIn(record, metric);
        if ('found' in said) cell.refused ??= refusal(file, where, said.found, said.expected);
        else cell.tally.add(alone, id, said.n, said.c);
        if ('isNull' in said) cell.nulls++;
        if ('isUnsure' in said) cell.unsure++;
      }
    },
    told,
  );
  const filters = [...cells.keys()];
  const filter = choose({ key: 'filter', label: 'filter', value: filters[0]!, values: filters });
  const by = cells.get(filter.value)!;
  const metrics = [...by.keys()];
  const value = metrics.find((metric) => by.get(metric)!.refused === null) ?? metrics[0]!;
  const metric = choose({ key: 'metric', label: 'metric', value, values: metrics });
  const { tally, refused, nulls, unsure } = by.get(metric.value)!;
  if (refused) throw refused;
  const isCount = metric.value === COUNTS;
  return readingOf('lm-eval', tally, {
    choices: [filter, metric],
    notes: [
      ...(isCount
        ? [
            'How many samples are correct is worked out from pass@k of each document and its number of samples.',
          ]
        : []),
      ...(isCount || tally.again.size > 0
        ? []
        : [
            'The harness writes one verdict a document, and pass@k for k > 1 needs several runs (other seeds). Those given in one folder, or by one name, are added up.',
          ]),
      ...(unsure > 0
        ? [
            `pass@2 is 1 for ${unsure} of the documents, which says that all of their samples are correct, or all but one; all are taken to be.`,
          ]
        : []),
      ...(filters.length > 1
        ? [`Each document comes once for each filter; those of ${filter.value} are read.`]
        : []),
      ...(nulls > 0 ? [`${nulls} of the documents have no verdict; they count as wrong.`] : []),
    ],
  });
}

/** What there is to be read of a document: pass@k of several samples stands once, for all k. */
function metricsOf(record: JsonRecord): string[] {
  const listed = record['metrics'];
  const named = Array.isArray(listed)
    ? listed.filter((key): key is string => typeof key === 'string' && key in record)
    : [];
  const rank = (key: string): number =>
    (LIKELY.indexOf(key) + LIKELY.length + 1) % (LIKELY.length + 1);
  const found =
    named.length > 0
      ? named
      : Object.keys(record)
          .filter(
            (key) => !OTHERS.includes(key) && ['number', 'boolean'].includes(typeof record[key]),
          )
          .sort((a, b) => rank(a) - rank(b));
  const isCount = found.some((key) => (passK(key) ?? 0) > 1) || samplesIn(record) > 1;
  return [...new Set(found.map((key) => (isCount && passK(key) !== null ? COUNTS : key)))];
}

/** How many samples a document's metrics are over: of what a filter leaves, or else of all. */
function samplesIn(record: JsonRecord): number {
  const list = record['filtered_resps'] ?? record['resps'];
  if (!Array.isArray(list) || list.length !== 1) return 1;
  const [samples] = list as unknown[];
  return Array.isArray(samples) ? samples.length : 1;
}

interface Refused {
  found: string;
  expected: string;
}

function countsIn(record: JsonRecord): Said | Refused {
  const n = samplesIn(record);
  const values = Object.keys(record).flatMap((key) => {
    const k = passK(key);
    return k === null ? [] : [{ key, k, value: record[key] }];
  });
  const told = values.map(({ key, value }) => `${key} ${shown(value)}`).join(', ');
  const expected = 'pass@1 and the samples in resps, of which the number of correct ones follows';
  const numbers = values.filter(
    (each): each is typeof each & { value: number } => typeof each.value === 'number',
  );
  const found = correctOf(numbers, n);
  const [c] = found;
  if (c === undefined || numbers.length < values.length)
    return { found: `${told} of ${n} ${n === 1 ? 'sample' : 'samples'} is no count`, expected };
  if (found.length === 1) return { n, c };
  if (found.length === 2) return { n, c: n, isUnsure: true };
  return { found: `${told} is of ${c} to ${n} correct samples of ${n}`, expected };
}

function verdictIn(record: JsonRecord, metric: string): Said | Refused {
  const value = record[metric];
  const verdict = verdictOf(value);
  if (kOf(metric) > 1)
    return {
      found: `${metric} is of ${kOf(metric)} samples together`,
      expected: 'a metric of each sample, such as exact_match or pass@1',
    };
  if (verdict === undefined)
    return {
      found: `${metric} is ${shown(value)}`,
      expected: 'a metric that is 1 or 0 for each document',
    };
  return { n: 1, c: verdict ? 1 : 0, ...(verdict === null && { isNull: true }) };
}

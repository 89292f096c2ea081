import { NAMES } from '../columns.ts';
import { createNotes } from '../notes.ts';
import {
  checkedC,
  eachRecord,
  idIn,
  numberOf,
  verdictIn,
  verdictOf,
  verdictsIn,
  type JsonRecord,
} from '../records.ts';
import { refusal } from '../refusal.ts';
import type { Choice } from '../results.ts';
import { createTally } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';
import { createLengths } from './readLists.ts';

const NONE = 'none';
const LISTS = [
  ...['samples_correct', 'pass_flags', 'correct_flags', 'flags', 'graded_list', 'verdicts'],
  ...['correct', 'is_correct', 'passed', 'score', 'scores', 'rewards'],
];

/** Any JSON Lines that say it plainly: a list of verdicts a problem, n and correct, or a verdict a line. */
export const flags: Format = {
  id: 'flags',
  kind: 'records',
  name: 'JSON Lines of counts or verdicts',
  looks: 'an id with n and correct, or a list such as samples_correct or pass_flags',
  recognises: ({ json }) =>
    json !== null &&
    has(json.keys, NAMES.problem) &&
    (has(json.keys, LISTS) ||
      has(json.keys, NAMES.verdict) ||
      (has(json.keys, NAMES.n) && has(json.keys, NAMES.correct))),
  read,
};

const has = (keys: ReadonlyMap<string, string>, names: readonly string[]): boolean =>
  names.some((name) => keys.has(name));

async function read({ source, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const tally = createTally(file);
  const counted = createNotes();
  const lengths = createLengths();
  let choices: Choice[] | null = null;
  let isOnce = true;
  await eachRecord(
    source,
    (record, where) => {
      choices ??= choicesOf(file, choose, record, where);
      const [idKey, correct, n, model] = choices.map(({ value }) => value) as [
        ...[string, string, string, string],
      ];
      const id = idIn(record[idKey], idKey, file, where);
      const name = model === NONE ? alone : idIn(record[model], model, file, where);
      const value = record[correct];
      if (Array.isArray(value)) {
        const verdicts = verdictsIn(value, correct, file, where);
        lengths.add(verdicts.n);
        if (verdicts.nulls > 0) counted.count('nulls', verdicts.nulls);
        if (verdicts.n === 0) counted.count('empty');
        else tally.add(name, id, verdicts.n, verdicts.c);
      } else if (n === NONE) {
        const verdict = verdictIn(value, correct, file, where);
        if (verdict === null) counted.count('nulls');
        isOnce = false;
        tally.add(name, id, 1, verdict ? 1 : 0);
      } else {
        const count = numberOf(record[n], n, 1, file, where);
        const right = numberOf(value, correct, 0, file, where);
        tally.add(name, id, count, checkedC(right, count, correct, file, where));
      }
    },
    told,
  );
  return readingOf('flags', tally, {
    ...{ choices: choices ?? [], counted, notes: lengths.notes(), isOnce },
  });
}

/** By the names and values of the first record: a list of verdicts before counts, and those before one verdict. */
function choicesOf(
  file: string,
  choose: Task['choose'],
  first: JsonRecord,
  where: string,
): Choice[] {
  const keys = Object.keys(first);
  const of = (names: readonly string[], fits: (value: unknown) => boolean): string | undefined =>
    names.find((name) => Object.hasOwn(first, name) && fits(first[name]));
  const list = of(LISTS, Array.isArray);
  const n = of(NAMES.n, (value) => typeof value === 'number');
  const c = of(NAMES.correct, (value) => typeof value === 'number');
  const verdict = of(NAMES.verdict, (value) => typeof verdictOf(value) === 'boolean');
  const hasCounts = list === undefined && n !== undefined && c !== undefined;
  const correct = list ?? (hasCounts ? c : verdict) ?? c ?? of(NAMES.verdict, () => true);
  const choice = (key: string, label: string, value: string, more: string[] = []): Choice =>
    choose({ key, label, value, values: [...more, ...keys] });
  const problem = of(NAMES.problem, () => true);
  if (problem === undefined)
    throw refusal(file, where, 'it has no id', 'one such as problem or id');
  return [
    choice('problem', 'value that is the id', problem),
    choice('correct', 'value that says what is correct', correct ?? ''),
    choice('n', 'value of n, the samples', hasCounts ? n : NONE, [NONE]),
    choice('model', 'value that is the model', of(NAMES.model, isName) ?? NONE, [NONE]),
  ];
}

const isName = (value: unknown): boolean => typeof value === 'string';

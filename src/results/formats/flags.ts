import { columnsOf, NAMES, notesOfN } from '../columns.ts';
import { createNotes } from '../notes.ts';
import {
  checkedC,
  countOfRate,
  eachRecord,
  idIn,
  numberLike,
  numberOf,
  verdictIn,
  verdictOf,
  verdictsIn,
  type JsonRecord,
} from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import type { Choice } from '../results.ts';
import { createTally } from '../tally.ts';
import { NONE } from './columnChoices.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';
import { createLengths } from './readLists.ts';
import { createDoubts, createRepeats } from './rowDoubts.ts';
import { rowLabels, type Labels } from './rowLabels.ts';

const LISTS = [
  ...['samples_correct', 'pass_flags', 'correct_flags', 'flags', 'graded_list', 'verdicts'],
  ...['correct', 'is_correct', 'symbolic_correct', 'judge_correct', 'passed', 'acc', 'score'],
  ...['scores', 'reward', 'rewards'],
];
const IDS = [...NAMES.problem, 'input'];

/** Any JSON Lines that say it plainly: a list of verdicts a problem, n and correct, or a verdict a line. */
export const flags: Format = {
  id: 'flags',
  kind: 'records',
  name: 'JSON Lines of counts or verdicts',
  looks: 'an id with n and correct, or a list such as samples_correct or pass_flags',
  recognises: ({ json }) =>
    json !== null &&
    has(json.keys, IDS) &&
    (has(json.keys, LISTS) ||
      has(json.keys, NAMES.verdict) ||
      (has(json.keys, NAMES.n) && (has(json.keys, NAMES.correct) || has(json.keys, NAMES.rate)))),
  read,
};

const has = (keys: ReadonlyMap<string, string>, names: readonly string[]): boolean =>
  names.some((name) => keys.has(name));

async function read({ source, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const tally = createTally(file);
  const counted = createNotes();
  const lengths = createLengths();
  const doubts = createDoubts();
  const isRepeat = createRepeats();
  let choices: Choice[] | null = null;
  let labels: Labels | null = null;
  let index: string | undefined;
  let rounds: string[] = [];
  let isOnce = true;
  await eachRecord(
    source,
    (record, where) => {
      if (!choices) {
        choices = choicesOf(file, choose, record, where);
        const keys = Object.keys(record);
        labels = rowLabels(keys, { problem: choices[0]!.value, model: choices[3]!.value }, alone);
        [index] = columnsOf(keys, 'sample');
        rounds = [...columnsOf(keys, 'round'), ...columnsOf(keys, 'setting')];
      }
      const [idKey, correct, nKey, model] = choices.map(({ value }) => value) as [
        ...[string, string, string, string],
      ];
      const row = (name: string): unknown => record[name];
      const own = idIn(record[idKey], idKey, file, where);
      const id = labels!.idOf(own, row);
      const said = model === NONE ? null : idIn(record[model], model, file, where);
      const name = labels!.modelOf(said, row) ?? alone;
      const value = record[correct];
      if (Array.isArray(value)) {
        const verdicts = verdictsIn(value, correct, file, where);
        checkAgreement(record, correct, verdicts, file, where);
        lengths.add(verdicts.n);
        if (verdicts.nulls > 0) counted.count('nulls', verdicts.nulls);
        if (verdicts.n === 0) counted.count('empty');
        else tally.add(name, id, verdicts.n, verdicts.c);
      } else if (nKey === NONE) {
        const verdict = verdictIn(value, correct, file, where);
        if (verdict === null) counted.count('nulls');
        isOnce = false;
        const key = [name, id, ...rounds.map(row)].join('\0');
        if (index !== undefined && isRepeat(key, record[index]))
          throw refusal(
            file,
            where,
            `${index} ${shown(record[index])} of ${shown(own)} was there before`,
            'each sample once',
          );
        tally.add(name, id, 1, verdict ? 1 : 0);
      } else {
        const n = numberOf(record[nKey], nKey, 1, file, where);
        const c = countIn(value, n, correct, file, where);
        tally.add(name, id, n, c);
        doubts.add(name, id, n, isRate(correct) && c === n ? 1 : c);
      }
    },
    told,
  );
  const nName = (choices as Choice[] | null)?.[2]?.value ?? 'n';
  const doubt = doubts.ofCounts(file, nName);
  if (doubt) throw doubt;
  const reading = readingOf('flags', tally, {
    ...{ choices: choices ?? [], counted, notes: [...lengths.notes(), ...notesOfN(nName)], isOnce },
  });
  return labels ? (labels as Labels).finish(reading, tally) : reading;
}

const isOf = (role: 'correct' | 'rate' | 'verdict', key: string): boolean =>
  (NAMES[role] as readonly string[]).includes(key);
const isRate = (key: string): boolean => isOf('rate', key);

/** How many of n samples are correct. @throws ResultsError for one verdict over several samples */
function countIn(value: unknown, n: number, key: string, file: string, where: string): number {
  if (isRate(key)) return countOfRate(value, n, key, file, where);
  const isVerdict =
    numberLike(value) === null
      ? typeof verdictOf(value) === 'boolean'
      : isOf('verdict', key) && !isOf('correct', key);
  if (!isVerdict) return checkedC(numberOf(value, key, 0, file, where), n, key, file, where);
  if (n === 1) return verdictIn(value, key, file, where) ? 1 : 0;
  throw refusal(file, where, `${key} is ${shown(value)} of n = ${n}`, `how many are correct`);
}

/** @throws ResultsError if a record has counts as well, and they are of another list */
function checkAgreement(
  record: JsonRecord,
  list: string,
  { n, c }: { n: number; c: number },
  file: string,
  where: string,
): void {
  const said = (names: readonly string[]): [string, number][] =>
    names
      .filter((key) => key !== list && typeof record[key] === 'number')
      .map((key) => [key, record[key] as number]);
  const ns = said(NAMES.n.filter((key) => key !== 'k' && key !== 'total'));
  const cs = said(
    ns.length > 0 ? NAMES.correct : NAMES.correct.filter((key) => !isOf('verdict', key)),
  );
  for (const [pairs, of, what] of [
    [ns, n, 'samples'],
    [cs, c, 'correct ones'],
  ] as const)
    for (const [key, number] of pairs)
      if (number !== of)
        throw refusal(
          file,
          where,
          `${key} is ${number}, and ${list} has ${of} ${what}`,
          'that they agree',
        );
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
  const isNumber = (value: unknown): boolean => numberLike(value) !== null;
  const list = of(LISTS, Array.isArray);
  const n = list === undefined ? of(NAMES.n, isNumber) : undefined;
  const c = of(NAMES.correct, isNumber);
  const verdict = of(NAMES.verdict, (value) => typeof verdictOf(value) === 'boolean');
  const counts = n === undefined ? undefined : (c ?? of(NAMES.rate, isNumber));
  const correct = list ?? counts ?? verdict ?? c ?? of(NAMES.verdict, () => true);
  const choice = (key: string, label: string, value: string, more: string[] = []): Choice =>
    choose({ key, label, value, isPlace: true, values: [...more, ...keys] });
  const problem = of(IDS, () => true);
  if (problem === undefined)
    throw refusal(file, where, 'it has no id', 'one such as problem or id');
  const isName = (value: unknown): boolean => typeof value === 'string';
  const model = of(NAMES.model, isName) ?? of(NAMES.step, isNumber) ?? NONE;
  const choices = [
    choice('problem', 'value that is the id', problem),
    choice('correct', 'value that says what is correct', correct ?? ''),
    choice('n', 'value of n, the samples', n ?? NONE, [NONE]),
    choice('model', 'value that is the model', model, [NONE]),
  ];
  const [, { value: key }, { value: nKey }] = choices as [Choice, Choice, Choice];
  if (nKey === NONE && isOf('correct', key) && !isOf('verdict', key) && !Array.isArray(first[key]))
    throw refusal(file, where, `it has ${key}, and no n`, 'the number of samples as well');
  return choices;
}

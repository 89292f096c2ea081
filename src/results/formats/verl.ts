import { createNotes } from '../notes.ts';
import { eachRecord, idIn, verdictOf, type JsonRecord } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import type { Choice, Count } from '../results.ts';
import { createTally } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';
import { rowLabels, type Labels } from './rowLabels.ts';
import { rewardsFrom, type Threshold } from './thresholds.ts';

const LIKELY = ['acc', 'score', 'reward'];
const NO_VERDICTS = ['step'];

/** verl, trainer/ppo/ray_trainer.py, `_dump_generations`, at b178a3c. */
export const verl: Format = {
  id: 'verl',
  kind: 'records',
  name: 'verl validation dump',
  looks: 'JSON Lines with input, output and score, one line a sample',
  recognises: ({ json }) =>
    json !== null &&
    json.keys.has('input') &&
    json.keys.has('output') &&
    LIKELY.every((key) => json.keys.get(key) !== '[') &&
    (LIKELY.some((key) => json.keys.has(key)) || !json.isWhole),
  read,
};

/**
 * A score above 0 is of a correct sample, as verl has it. Where that makes all correct though some have less than 1, which may be for their
 * format alone, it is a score of 1, if there is one.
 */
async function read(task: Task): Promise<Found> {
  const above = await readFrom(task, 'above 0');
  if (!above.hasBetween || !isAll(above.found, ({ n, c }) => c === n)) return above.found;
  const { found } = await readFrom(task, '1 or more');
  return isAll(found, ({ c }) => c === 0) ? above.found : found;
}

const isAll = ({ models }: Found, isSo: (count: Count) => boolean): boolean =>
  models.every(({ problems }) => [...problems.values()].every(isSo));

async function readFrom({ source, alone, choose, told }: Task, threshold: Threshold) {
  const { name: file } = source;
  const tally = createTally(file);
  const counted = createNotes();
  const rewards = rewardsFrom(choose, threshold);
  let verdict: Choice | null = null;
  let labels: Labels | null = null;
  await eachRecord(
    source,
    (record, where) => {
      verdict ??= choiceOf(file, choose, record);
      labels ??= rowLabels(Object.keys(record), { problem: 'input', model: 'step' }, alone);
      const { value: key } = verdict;
      const said = record[key];
      // Python may have written its True as a text.
      const value = typeof said === 'string' ? verdictOf(said) : said;
      if (typeof value !== 'boolean' && typeof value !== 'number' && value !== null)
        throw refusal(file, where, `${key} is ${shown(said)}`, 'true or false, or a number');
      if (value === null) counted.count('nulls');
      const isCorrect = value !== null && rewards.isCorrect(Number(value));
      const row = (name: string): unknown => record[name];
      const name = labels.modelOf('step' in record ? '' : null, row) ?? alone;
      const id = labels.idOf(idIn(record['input'], 'input', file, where), row);
      tally.add(name, id, 1, isCorrect ? 1 : 0);
    },
    told,
  );
  const notes = [
    ...rewards.notes(verdict!.value),
    'Problems are told apart by their prompts, since the file has no ids: equal prompts are one problem.',
  ];
  const choices = [verdict!, rewards.choice];
  const reading = readingOf('verl', tally, { choices, notes, counted, isOnce: false });
  const found = labels ? (labels as Labels).finish(reading, tally) : reading;
  return { found, hasBetween: rewards.hasBetween() };
}

function choiceOf(file: string, choose: Task['choose'], first: JsonRecord): Choice {
  const found = Object.keys(first).filter(
    (key) => ['boolean', 'number'].includes(typeof first[key]) && !NO_VERDICTS.includes(key),
  );
  const values = [...new Set([...LIKELY.filter((key) => key in first), ...found])];
  if (values.length === 0) throw refusal(file, 'line 1', 'it has no score', 'acc or score');
  const label = 'value that says what is correct';
  return choose({ key: 'verdict', label, value: values[0]!, values });
}

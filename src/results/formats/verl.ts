import { createNotes } from '../notes.ts';
import { eachRecord, idIn, verdictOf, type JsonRecord } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import type { Choice } from '../results.ts';
import { createTally } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';
import { rowLabels, type Labels } from './rowLabels.ts';
import { rewardsFrom } from './thresholds.ts';

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

async function read({ source, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const tally = createTally(file);
  const counted = createNotes();
  const rewards = rewardsFrom(choose, 'above 0');
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
  return labels ? (labels as Labels).finish(reading, tally) : reading;
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

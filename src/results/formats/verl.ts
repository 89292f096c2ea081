import { createNotes } from '../notes.ts';
import { eachRecord, idIn, type JsonRecord } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import type { Choice } from '../results.ts';
import { createTally } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';

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
    json.keys.get('score') !== '[' &&
    (json.keys.has('score') || !json.isWhole),
  read,
};

const NO_VERDICTS = ['step'];

async function read({ source, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const tally = createTally(file);
  const counted = createNotes();
  let verdict: Choice | null = null;
  let isOther = false;
  await eachRecord(
    source,
    (record, where) => {
      verdict ??= choiceOf(file, choose, record);
      const { value: key } = verdict;
      const value = record[key];
      const isKnown = typeof value === 'boolean' || typeof value === 'number' || value === null;
      if (!isKnown)
        throw refusal(file, where, `${key} is ${shown(value)}`, 'true or false, or a number');
      if (value === null) counted.count('nulls');
      else if (Number(value) !== 0 && Number(value) !== 1) isOther = true;
      tally.add(alone, idIn(record['input'], 'input', file, where), 1, Number(value) > 0 ? 1 : 0);
    },
    told,
  );
  const { value: key } = verdict!;
  const notes = [
    isOther
      ? `Correct is what has ${key} above 0: not all of its values are 0 or 1.`
      : `Correct is what has ${key} of 1.`,
    'Problems are told apart by their prompts, since the file has no ids: equal prompts are one problem.',
  ];
  return readingOf('verl', tally, { choices: [verdict!], notes, counted, isOnce: false });
}

function choiceOf(file: string, choose: Task['choose'], first: JsonRecord): Choice {
  const found = Object.keys(first).filter(
    (key) => ['boolean', 'number'].includes(typeof first[key]) && !NO_VERDICTS.includes(key),
  );
  const values = [...new Set([...['acc', 'score'].filter((key) => key in first), ...found])];
  if (values.length === 0) throw refusal(file, 'line 1', 'it has no score', 'acc or score');
  const label = 'value that says what is correct';
  return choose({ key: 'verdict', label, value: values[0]!, values });
}

import { createNotes } from '../notes.ts';
import { eachRecord, idIn } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import { createTally } from '../tally.ts';
import { readingOf, type Format } from './format.ts';
import { rewardsFrom } from './thresholds.ts';

/** PrimeIntellect verifiers, docs/legacy/evaluation.md, at a60a606. */
export const verifiers: Format = {
  id: 'verifiers',
  kind: 'records',
  name: 'verifiers results',
  looks: 'JSON Lines with example_id and reward, one line a rollout',
  recognises: ({ json }) =>
    json !== null &&
    json.keys.has('example_id') &&
    json.keys.get('reward') !== '[' &&
    (json.keys.has('reward') || !json.isWhole),
  async read({ source, alone, choose, told }) {
    const { name: file } = source;
    const tally = createTally(file);
    const counted = createNotes();
    const rewards = rewardsFrom(choose, '1 or more');
    await eachRecord(
      source,
      (record, where) => {
        const { reward, example_id } = record;
        if (typeof reward !== 'number' && typeof reward !== 'boolean' && reward !== null)
          throw refusal(file, where, `reward is ${shown(reward)}`, 'a number');
        if (reward === null) counted.count('nulls');
        const isCorrect = reward !== null && rewards.isCorrect(Number(reward));
        const id = idIn(example_id, 'example_id', file, where);
        tally.add(alone, id, 1, isCorrect ? 1 : 0);
      },
      told,
    );
    const notes = rewards.notes('reward');
    const choices = [rewards.choice];
    return readingOf('verifiers', tally, { choices, notes, counted, isOnce: false });
  },
};

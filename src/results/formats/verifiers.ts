import { createNotes } from '../notes.ts';
import { eachRecord, idIn } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import { createTally } from '../tally.ts';
import { readingOf, type Format } from './format.ts';

/** PrimeIntellect verifiers, docs/legacy/evaluation.md, at a60a606. */
export const verifiers: Format = {
  id: 'verifiers',
  kind: 'records',
  name: 'verifiers results',
  looks: 'JSON Lines with example_id and reward, one line a rollout',
  recognises: ({ json }) =>
    json !== null && json.keys.has('example_id') && (json.keys.has('reward') || !json.isWhole),
  async read({ source, alone, told }) {
    const { name: file } = source;
    const tally = createTally(file);
    const counted = createNotes();
    let isOther = false;
    await eachRecord(
      source,
      (record, where) => {
        const { reward, example_id } = record;
        if (typeof reward !== 'number' && typeof reward !== 'boolean' && reward !== null)
          throw refusal(file, where, `reward is ${shown(reward)}`, 'a number');
        if (reward === null) counted.count('nulls');
        if (Number(reward) !== 0 && Number(reward) !== 1) isOther = true;
        const id = idIn(example_id, 'example_id', file, where);
        tally.add(alone, id, 1, Number(reward) >= 1 ? 1 : 0);
      },
      told,
    );
    const notes = isOther
      ? ['Correct is what has a reward of 1 or more: not all rewards are 0 or 1.']
      : [];
    return readingOf('verifiers', tally, { notes, counted, isOnce: false });
  },
};

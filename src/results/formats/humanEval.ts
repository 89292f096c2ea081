import { NAMES } from '../columns.ts';
import { createNotes } from '../notes.ts';
import { eachRecord, idIn, verdictIn } from '../records.ts';
import { createTally } from '../tally.ts';
import { readingOf, type Format } from './format.ts';

/** openai/human-eval, human_eval/evaluation.py, at 6d43fb9. */
export const humanEval: Format = {
  id: 'human-eval',
  kind: 'records',
  name: 'human-eval results',
  looks: 'JSON Lines with task_id and passed, one line a sample',
  recognises: ({ json }) =>
    json !== null &&
    json.keys.has('task_id') &&
    json.keys.has('passed') &&
    json.keys.get('passed') !== '[' &&
    !NAMES.n.some((key) => json.keys.has(key)),
  async read({ source, alone, told }) {
    const { name: file } = source;
    const tally = createTally(file);
    const counted = createNotes();
    await eachRecord(
      source,
      (record, where) => {
        const passed = verdictIn(record['passed'], 'passed', file, where);
        if (passed === null) counted.count('nulls');
        tally.add(alone, idIn(record['task_id'], 'task_id', file, where), 1, passed ? 1 : 0);
      },
      told,
    );
    return readingOf('human-eval', tally, { counted, isOnce: false });
  },
};

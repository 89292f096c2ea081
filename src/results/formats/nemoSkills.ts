import { createNotes } from '../notes.ts';
import { eachRecord, idIn, verdictIn } from '../records.ts';
import type { Choice } from '../results.ts';
import { createTally } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';

const VERDICTS = ['symbolic_correct', 'judge_correct', 'is_correct'];
const IDS = ['id', 'problem_id', 'problem'];

/** NVIDIA/NeMo-Skills, at 0b012df. */
export const nemoSkills: Format = {
  id: 'nemo-skills',
  kind: 'records',
  name: 'NeMo-Skills output',
  looks: 'JSON Lines with symbolic_correct, one line a problem, a file a seed',
  joins: 'seeds',
  recognises: ({ json }) =>
    json !== null &&
    VERDICTS.every((key) => json.keys.get(key) !== '[') &&
    (json.keys.has('symbolic_correct') ||
      json.keys.has('judge_correct') ||
      (json.keys.has('is_correct') && json.keys.has('generation'))),
  read,
};

async function read({ source, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const tally = createTally(file);
  const counted = createNotes();
  let verdict: Choice | null = null;
  let id: string | undefined;
  let row = 0;
  await eachRecord(
    source,
    (record, where) => {
      if (!verdict) {
        const values = VERDICTS.filter((key) => key in record);
        const value = values[0] ?? VERDICTS[0]!;
        const label = 'value that says what is correct';
        verdict = choose({ key: 'verdict', label, value, values });
        id = IDS.find((key) => key in record);
      }
      const { value: key } = verdict;
      const isCorrect = verdictIn(record[key], key, file, where);
      if (isCorrect === null) counted.count('nulls');
      row++;
      const problem = id === undefined ? `row ${row}` : idIn(record[id], id, file, where);
      tally.add(alone, problem, 1, isCorrect ? 1 : 0);
    },
    told,
  );
  const notes =
    id === undefined
      ? [
          'The file has no ids: problems are told apart by their rows, which have to be in the same order in each file.',
        ]
      : [];
  return readingOf('nemo-skills', tally, { choices: [verdict!], notes, counted, isOnce: false });
}

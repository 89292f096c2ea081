import { columnOf } from '../columns.ts';
import { verdictOf } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import type { Choice } from '../results.ts';
import { eachRow, textIn } from '../table.ts';
import { createTally, idOfText } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';

const NONE = 'none';

export const samples: Format = {
  id: 'samples',
  kind: 'table',
  name: 'CSV of samples',
  looks: 'one row a sample, with columns problem and correct, and perhaps model',
  recognises: ({ table }) =>
    table !== null &&
    columnOf(table.header, 'problem') >= 0 &&
    columnOf(table.header, 'verdict') >= 0,
  read,
};

async function read({ source, head, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const header = head.table?.header ?? [];
  const columns = [...new Set(header.filter((cell) => cell.trim() !== ''))];
  const choice = (key: string, label: string, value: string, more: string[] = []): Choice =>
    choose({ key, label, value, values: [...more, ...columns] });
  const named = (role: Parameters<typeof columnOf>[1]): string =>
    header[columnOf(header, role)] ?? '';
  const choices = [
    choice('problem', 'column of the problem', named('problem')),
    choice('correct', 'column of the verdict', named('verdict')),
    choice('model', 'column of the model', named('model') || NONE, [NONE]),
  ];
  const [problem, verdict, model] = choices.map(({ value }) => header.indexOf(value));
  const hasModel = choices[2]!.value !== NONE;
  const tally = createTally(file);
  await eachRow(
    source,
    head.table!,
    (cells, line) => {
      const id = idOfText(textIn(cells[problem!], header[problem!]!, file, line));
      const name = hasModel ? textIn(cells[model!], header[model!]!, file, line) : alone;
      const isCorrect = verdictOf(cells[verdict!]);
      if (typeof isCorrect !== 'boolean') {
        const found = `${header[verdict!]} is ${shown(cells[verdict!] ?? '')}`;
        const isFormula = cells[verdict!]?.startsWith('=') === true;
        throw refusal(
          file,
          `line ${line}`,
          isFormula ? `${found}, a formula` : found,
          'a sample of each row, 1 for a correct one and 0 for a wrong one',
        );
      }
      tally.add(name, id, 1, isCorrect ? 1 : 0);
    },
    told,
  );
  return readingOf('samples', tally, { choices, isOnce: false });
}

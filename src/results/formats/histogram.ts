import { columnOf, modelColumns, type ModelColumn } from '../columns.ts';
import { checkedC } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import { eachRow, numberIn } from '../table.ts';
import { checkProblems, createTally, madeUpId } from '../tally.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';

export const histogram: Format = {
  id: 'histogram',
  kind: 'table',
  name: 'CSV of a histogram',
  looks: 'columns n, correct, and base_problems or problems: how many problems have that many',
  recognises: ({ table }) =>
    table !== null &&
    columnOf(table.header, 'problem') < 0 &&
    columnOf(table.header, 'n') >= 0 &&
    columnOf(table.header, 'correct') >= 0 &&
    modelsOf(table.header, '').length > 0,
  read,
};

/** The columns that say how many problems of a model have n and correct. */
function modelsOf(header: readonly string[], alone: string): ModelColumn[] {
  const column = columnOf(header, 'problems');
  return column >= 0 ? [{ model: alone, column }] : modelColumns(header, 'problems');
}

async function read({ source, head, alone, told }: Task): Promise<Found> {
  const { name: file } = source;
  const { header } = head.table!;
  const nAt = columnOf(header, 'n');
  const correctAt = columnOf(header, 'correct');
  if (!histogram.recognises(head))
    throw refusal(file, null, `its columns are ${shown(header.join(', '))}`, histogram.looks);
  const models = modelsOf(header, alone).map((each) => ({ ...each, problems: 0 }));
  const tally = createTally(file);
  await eachRow(
    source,
    head.table!,
    (cells, line) => {
      const n = numberIn(cells[nAt], header[nAt]!, { least: 1, file, line });
      const c = numberIn(cells[correctAt], header[correctAt]!, { least: 0, file, line });
      checkedC(c, n, header[correctAt]!, file, `line ${line}`);
      for (const each of models) {
        const count = numberIn(cells[each.column], header[each.column]!, { least: 0, file, line });
        checkProblems(each.problems + count, file, line);
        for (let i = 0; i < count; i++) tally.add(each.model, madeUpId(++each.problems), n, c);
      }
    },
    told,
  );
  const reading = readingOf('histogram', tally, {
    notes: [
      'A histogram does not say which problems they are: each curve can be drawn, and problems of two models cannot be compared.',
    ],
  });
  return { ...reading, models: tally.measured(false) };
}

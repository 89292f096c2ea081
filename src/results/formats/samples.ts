import {
  checkOnce,
  columnOf,
  columnsOf,
  isDoubtfulN,
  modelColumns,
  type Role,
} from '../columns.ts';
import { verdictOf } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import type { Choice } from '../results.ts';
import { eachRow, textIn } from '../table.ts';
import { createTally, idOfText } from '../tally.ts';
import { columnChoices, EACH, NONE } from './columnChoices.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';
import { createDoubts, createRepeats } from './rowDoubts.ts';
import { rowLabels } from './rowLabels.ts';

export const samples: Format = {
  id: 'samples',
  kind: 'table',
  name: 'CSV of samples',
  looks:
    'one row a sample, with columns problem and correct, and perhaps model, or a column such as base_correct for each',
  recognises: ({ table }) =>
    table !== null &&
    columnOf(table.header, 'problem') >= 0 &&
    (columnOf(table.header, 'verdict') >= 0 || modelColumns(table.header, 'verdict').length > 0),
  read,
};

async function read({ source, head, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const header = head.table?.header ?? [];
  const wide = modelColumns(header, 'verdict');
  const each = wide.length > 0 ? [EACH] : [];
  const choice = columnChoices(choose, header, wide);
  const named = (role: Role): string => header[columnOf(header, role)] ?? '';
  const problem = choice('problem', 'column of the problem', named('problem'));
  const verdict = choice(
    'correct',
    'column of the verdict',
    named('verdict') || (each[0] ?? ''),
    each,
  );
  const ownModel = named('model') || named('step') || NONE;
  const model = choice('model', 'column of the model', ownModel, [NONE]);
  const at = ({ value }: Choice): number => header.indexOf(value);
  if (verdict.value === EACH) checkOnce(wide, file);
  const series = verdict.value === EACH ? wide : [{ model: alone, column: at(verdict) }];
  const [problemAt, modelAt] = [at(problem), at(model)];
  const labels = rowLabels(header, { problem: problem.value, model: model.value }, alone);
  const tally = createTally(file);
  const doubts = createDoubts();
  const isRepeat = createRepeats();
  const [index] = columnsOf(header, 'sample');
  const rounds = [...columnsOf(header, 'round'), ...columnsOf(header, 'setting')];
  const n = named('n');
  await eachRow(
    source,
    head.table!,
    (cells, line) => {
      const row = (name: string): unknown => cells[header.indexOf(name)];
      const text = idOfText(textIn(cells[problemAt], problem.value, file, line));
      const id = labels.idOf(text, row);
      const said = labels.modelOf(
        model.value === NONE ? null : textIn(cells[modelAt], model.value, file, line),
        row,
      );
      for (const one of series) {
        const name = said === null ? one.model : series.length > 1 ? `${said} ${one.model}` : said;
        const key = [name, id, ...rounds.map(row)].join('\0');
        if (index !== undefined && isRepeat(key, row(index)))
          throw refusal(
            file,
            `line ${line}`,
            `${index} ${shown(row(index))} of ${shown(text)} was there before`,
            'each sample once',
          );
        const found = verdictsOf(cells[one.column]);
        if (!found) throw noVerdict(file, line, header[one.column]!, cells[one.column] ?? '');
        for (const isCorrect of found) {
          tally.add(name, id, 1, isCorrect ? 1 : 0);
          if (n !== '') doubts.add(name, id, Number(row(n)), isCorrect ? 1 : 0);
        }
      }
    },
    told,
  );
  const isSure = n !== '' && n !== verdict.value && !isDoubtfulN(n);
  const doubt = isSure ? doubts.ofSamples(file, n) : null;
  if (doubt && index === undefined) throw doubt;
  const notes = doubt ? [`Each row is a sample: ${n} says otherwise.`] : [];
  const reading = readingOf('samples', tally, {
    ...{ choices: [problem, verdict, model], notes, isOnce: false },
  });
  return labels.finish(reading, tally);
}

/** The verdict in a cell, or a list of them such as `[True, False]`; null for what is neither. */
function verdictsOf(cell: string | undefined): boolean[] | null {
  const list = /^\s*\[(.+)\]\s*$/s.exec(cell ?? '');
  const found = (list ? list[1]!.split(/\s*[,\s]\s*/) : [cell]).map(verdictOf);
  return found.every((each) => typeof each === 'boolean') ? found : null;
}

function noVerdict(file: string, line: number, what: string, cell: string): Error {
  const isFormula = cell.trimStart().startsWith('=');
  return refusal(
    file,
    `line ${line}`,
    `${what} is ${shown(cell)}${isFormula ? ', a formula' : ''}`,
    'a sample of each row, 1 for a correct one and 0 for a wrong one',
  );
}

import {
  bareModelColumns,
  checkOnce,
  columnOf,
  columnsOf,
  modelColumns,
  notesOfN,
  otherColumns,
} from '../columns.ts';
import { checkedC, countOfRate, verdictOf } from '../records.ts';
import { refusal, shown } from '../refusal.ts';
import type { Choice, Measured } from '../results.ts';
import { eachRow, numberIn, textIn } from '../table.ts';
import { checkProblems, createTally, idOfText, madeUpId } from '../tally.ts';
import { columnChoices, EACH, NONE } from './columnChoices.ts';
import { readingOf, type Format, type Found, type Task } from './format.ts';
import { createDoubts } from './rowDoubts.ts';
import { rowLabels } from './rowLabels.ts';

export const counts: Format = {
  id: 'counts',
  kind: 'table',
  name: 'CSV of counts',
  looks: 'columns problem, n and correct, or n and a column such as base_correct for each model',
  recognises: ({ table }) => {
    if (!table) return false;
    const { problem, n, correct } = rolesOf(table.header);
    const cell = table.first[table.header.indexOf(correct)] ?? '';
    // Beside the number of a sample, 0 and 1 say whether it is correct; so does a list.
    const isSample =
      cell.trimStart().startsWith('[') ||
      (columnsOf(table.header, 'sample').length > 0 && typeof verdictOf(cell) === 'boolean');
    return problem !== '' && n !== '' && correct !== '' && !isSample;
  },
  read,
};

interface Roles {
  problem: string;
  n: string;
  correct: string;
  model: string;
  /** Of rows without an id, as write.ts writes them: of how many problems they are. */
  problems: number;
}

/** Which columns are which by their names; '' for none. */
function rolesOf(header: readonly string[]): Roles {
  const named = (role: Parameters<typeof columnOf>[1]): string =>
    header[columnOf(header, role)] ?? '';
  const wide = seriesOf(header);
  const hasOwnN = wide.length > 0 && wide.every(({ n }) => n !== null);
  return {
    problem: named('problem'),
    n: hasOwnN && named('correct') === '' ? EACH : named('n'),
    correct: named('correct') || (wide.length > 0 ? EACH : named('rate')),
    model: named('model') || named('step') || NONE,
    problems: header.indexOf('problems'),
  };
}

/** The models whose counts stand side by side; n is null where all share one column. */
export function seriesOf(
  header: readonly string[],
): { model: string; correct: number; n: number | null }[] {
  const ns = modelColumns(header, 'n');
  const named = modelColumns(header, 'correct');
  const columns =
    named.length > 0 || columnOf(header, 'correct') >= 0 ? named : bareModelColumns(header);
  return columns.map(({ model, column }) => ({
    ...{ model, correct: column },
    n: ns.find((each) => each.model === model)?.column ?? null,
  }));
}

async function read({ source, head, alone, choose, told }: Task): Promise<Found> {
  const { name: file } = source;
  const header = head.table?.header ?? [];
  const wide = seriesOf(header);
  const roles = rolesOf(header);
  const each = wide.length > 0 ? [EACH] : [];
  const eachN = each.length > 0 && wide.every((one) => one.n !== null) ? [EACH] : [];
  const choice = columnChoices(choose, header, wide);
  const problem = choice('problem', 'column of the problem', roles.problem);
  const correct = choice('correct', 'column of the correct samples', roles.correct, each);
  // One column of correct samples has its own n, where there is one.
  const beside = wide.find((series) => header[series.correct] === correct.value)?.n ?? null;
  const ownN = beside === null ? roles.n : header[beside]!;
  const n = choice('n', 'column of n, the samples', correct.value === EACH ? roles.n : ownN, eachN);
  const model = choice('model', 'column of the model', roles.model, [NONE]);

  const at = ({ value }: Choice): number => header.indexOf(value);
  if (correct.value === EACH) checkOnce(wide, file);
  const series =
    correct.value === EACH
      ? wide.map((one) => ({ ...one, n: n.value === EACH ? (one.n ?? -1) : at(n) }))
      : [{ model: alone, correct: at(correct), n: at(n) }];
  const tally = createTally(file);
  /** Of models without ids, how many problems there are so far. */
  const unnamed = new Map<string, number>();
  const modelAt = model.value === NONE ? -1 : at(model);
  const problemAt = at(problem);
  const labels = rowLabels(header, { problem: problem.value, model: model.value }, alone);
  const doubts = createDoubts();

  await eachRow(
    source,
    head.table!,
    (cells, line) => {
      const place = { file, line };
      const row = (name: string): unknown => cells[header.indexOf(name)];
      const said = labels.modelOf(
        modelAt < 0 ? null : textIn(cells[modelAt], header[modelAt]!, file, line),
        row,
      );
      for (const one of series) {
        const count = numberIn(cells[one.n], header[one.n] ?? 'n', { least: 1, ...place });
        const what = header[one.correct]!;
        const isRate = columnsOf([what], 'rate').length > 0;
        const right = isRate
          ? countOfRate(cells[one.correct], count, what, file, `line ${line}`)
          : numberIn(cells[one.correct], what, { least: 0, ...place });
        checkedC(right, count, what, file, `line ${line}`);
        const name = said === null ? one.model : series.length > 1 ? `${said} ${one.model}` : said;
        if (roles.problems >= 0 && (cells[problemAt] ?? '') === '') {
          const least = { least: 0, ...place };
          const problems = numberIn(cells[roles.problems], header[roles.problems]!, least);
          checkProblems((unnamed.get(name) ?? 0) + problems, file, line);
          addUnnamed(name, problems, (id) => tally.add(name, id, count, right));
        } else {
          const text = idOfText(textIn(cells[problemAt], header[problemAt]!, file, line));
          const id = labels.idOf(text, row);
          tally.add(name, id, count, right);
          doubts.add(name, id, count, isRate && right === count ? 1 : right);
        }
      }
    },
    told,
  );
  const others = correct.value === EACH ? otherColumns(header, 'correct') : [];
  const notes = [
    ...notesOfN(n.value),
    ...(others.length > 0 ? [`Of no model, and not read: ${others.join(', ')}.`] : []),
  ];
  const doubt = doubts.ofCounts(file, n.value === EACH ? 'n' : n.value);
  if (doubt) throw doubt;
  const reading = labels.finish(
    readingOf('counts', tally, { choices: [problem, n, correct, model], notes }),
    tally,
  );
  for (const { name, problems } of reading.models)
    if (unnamed.has(name) && unnamed.get(name) !== problems.size)
      throw refusal(
        file,
        null,
        `some problems of ${shown(name)} have no id`,
        'ids of all or of none',
      );
  const models = reading.models.map((each): Measured => ({
    ...each,
    hasIds: !unnamed.has(each.name),
  }));
  return { ...reading, models };

  function addUnnamed(name: string, problems: number, add: (id: string) => void): void {
    const before = unnamed.get(name) ?? 0;
    for (let i = 1; i <= problems; i++) add(madeUpId(before + i));
    unnamed.set(name, before + problems);
  }
}

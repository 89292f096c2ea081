import { expect, test } from 'vitest';
import { readResults } from '../../src/results/read.ts';
import { plainly, sourceOf } from './examples.ts';

const COUNTS = [['a', ['p', 8, 3], ['q', 8, 0]]];
const records = [
  { problem: 'p', n: 8, correct: 3 },
  { problem: 'q', n: 8, correct: 0 },
];
const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

test.each([
  ['ends of lines of an old Macintosh', 'problem,n,correct\rp,8,3\rq,8,0\r'],
  ['what parts cells', 'sep=;\r\nproblem;n;correct\r\np;8;3\r\nq;8;0\r\n'],
  ['Markdown', '| problem | n | correct |\n|:---|--:|---|\n| p | 8 | 3 |\n| q | 8 | 0 |\n'],
  ['blanks', '  problem   n  correct\n0     p   8  3\n'.replace('0  ', '   ') + '      q   8  0\n'],
  ['blank lines before', `${'\n'.repeat(70_000)}problem,n,correct\np,8,3\nq,8,0\n`],
  [
    'blank lines before records',
    `${' \n'.repeat(40_000)}${records.map((each) => JSON.stringify(each)).join('\n')}`,
  ],
  ['records of several lines', records.map(pretty).join('\n')],
  ['a list of those', pretty(records)],
  ['a list in a document', JSON.stringify({ date: '', results: records })],
  ['that on several lines', pretty({ date: '', results: records })],
  ['counts by id', JSON.stringify({ p: { n: 8, c: 3 }, q: { n: 8, c: 0 } })],
  ['those on several lines', pretty({ p: { n: 8, c: 3 }, q: { n: 8, c: 0 } })],
  ['verdicts by id', JSON.stringify({ p: [1, 1, 1, 0, 0, 0, 0, 0], q: Array(8).fill(false) })],
])('%s', async (_, text) => {
  expect(plainly((await readResults(sourceOf('a.txt', text))).models)).toEqual(COUNTS);
});

test('one record of several lines, and the model of a document', async () => {
  const one = await readResults(sourceOf('a.json', pretty(records[0])));
  expect(plainly(one.models)).toEqual([['a', ['p', 8, 3]]]);
  const named = JSON.stringify({ model: 'M', results: records });
  expect((await readResults(sourceOf('a.json', named))).models[0]!.name).toBe('M');
});

test('lists of samples in records are no document', async () => {
  const line = (problem: string) => ({ problem, samples: ['', ''], samples_correct: [1, 0] });
  const text = ['p', 'q'].map((id) => `${JSON.stringify(line(id))}\n`).join('');
  const { models } = await readResults(sourceOf('a.jsonl', text));
  expect(plainly(models)).toEqual([['a', ['p', 2, 1], ['q', 2, 1]]]);
});

test('lines are where they were', async () => {
  const of = (text: string) => readResults(sourceOf('a.txt', text));
  await expect(of('| id | n | correct |\n|---|---|---|\n| p | 8 | 9 |\n')).rejects.toThrow(
    /a.txt, line 3: correct is 9 of n = 8/,
  );
  await expect(of('id n correct\np 8 3\nq r 8 1\n')).rejects.toThrow(/line 3: it has 4 words/);
  await expect(of('id,n,correct\rp,8,9\r')).rejects.toThrow(/line 2: correct is 9/);
  await expect(of('{\n"id": 1,\n"correct": tru\n}\n')).rejects.toThrow(/line 3: 'tru/);
});

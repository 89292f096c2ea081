import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/results/formats/formats.ts';
import { lookAt } from '../../src/results/head.ts';
import { readResults } from '../../src/results/read.ts';
import type { ResultsError } from '../../src/results/results.ts';
import { EXAMPLES, jsonLines, parquetOf, plainly, sourceOf } from './examples.ts';

describe.each(EXAMPLES)('$format: $file', ({ format, file, content, models }) => {
  test('is recognised, and read as by hand', async () => {
    const reading = await readResults(sourceOf(file, content()));
    expect(reading.format).toBe(format);
    expect(plainly(reading.models)).toEqual(models);
    expect(reading.models.map(({ hasIds }) => hasIds)).toEqual(
      models.map(() => format !== 'histogram'),
    );
  });

  test('no other format takes it, but for the plain one of its kind', async () => {
    const head = await lookAt(sourceOf(file, content()));
    const others = FORMATS.filter(({ id, recognises }) => id !== format && recognises(head));
    const plain = { records: 'flags', table: 'samples', parquet: '' };
    const { kind } = FORMATS.find(({ id }) => id === format)!;
    expect([[], [plain[kind]]]).toContainEqual(others.map(({ id }) => id));
  });

  test('every choice can be asked for as it was made', async () => {
    const reading = await readResults(sourceOf(file, content()));
    const choices = Object.fromEntries(reading.choices.map(({ key, value }) => [key, value]));
    const again = await readResults(sourceOf(file, content()), { format, choices });
    expect(again).toEqual(reading);
  });
});

test('every format has an example', () => {
  expect(new Set(EXAMPLES.map(({ format }) => format))).toEqual(
    new Set(FORMATS.map(({ id }) => id)),
  );
});

/** Of a file as it is read with choices: its models, plainly. */
const read = async (
  name: string,
  content: BlobPart,
  choices: Record<string, string> = {},
  format?: string,
) => {
  const asked = format === undefined ? { choices } : { choices, format };
  const reading = await readResults(sourceOf(name, content), asked);
  return { models: plainly(reading.models), notes: reading.notes.join(' '), reading };
};
const example = (format: string) => {
  const { file, content } = EXAMPLES.find((each) => each.format === format)!;
  return [file, content()] as const;
};

describe('choices', () => {
  test('columns of a table of counts can be said otherwise', async () => {
    const csv = 'problem,name,n,base_correct,rl_correct\n7,seven,8,1,2\n';
    expect((await read('x.csv', csv)).models).toEqual([
      ['base', ['7', 8, 1]],
      ['rl', ['7', 8, 2]],
    ]);
    const one = await read('x.csv', csv, { problem: 'name', correct: 'rl_correct' });
    expect(one.models).toEqual([['x', ['seven', 8, 2]]]);
    const model = await read('x.csv', csv, { model: 'name', correct: 'rl_correct' });
    expect(model.models).toEqual([['seven', ['7', 8, 2]]]);
  });

  test('one of two columns of correct samples has its own n', async () => {
    const csv = 'qid,n_sft,c_sft,n_rl,c_rl\nx,256,3,8,2\n';
    expect((await read('x.csv', csv, { correct: 'c_rl' })).models).toEqual([['x', ['x', 8, 2]]]);
  });

  test('a model column can be no model column', async () => {
    const csv = 'problem,model,n,correct\nx,A,4,1\nx,B,4,2\n';
    const { models, notes } = await read('both.csv', csv, { model: 'none' });
    expect(models).toEqual([['both', ['x', 8, 3]]]);
    expect(notes).toContain('1 problem came more than once');
  });

  test('columns of unknown names can be named', async () => {
    const csv = 'Aufgabe,Versuche,richtig\nx,8,3\n';
    const choices = { problem: 'Aufgabe', n: 'Versuche', correct: 'richtig' };
    expect((await read('x.csv', csv, choices, 'counts')).models).toEqual([['x', ['x', 8, 3]]]);
    await expect(read('x.csv', csv, {}, 'counts')).rejects.toThrow(/Aufgabe, Versuche, richtig/);
  });

  test('a filter, and a metric, of lm-evaluation-harness', async () => {
    const [file, content] = example('lm-eval');
    const flexible = await read(file, content, { filter: 'flexible-extract' });
    expect(flexible.models).toEqual([['gsm8k', ['h0', 1, 1], ['h1', 1, 1]]]);
    expect(flexible.notes).toContain('several runs');
    await expect(read(file, content, { filter: 'loose' })).rejects.toThrow(
      /'loose'.*strict-match, flexible-extract/,
    );
    const two = jsonLines({ doc_id: 0, filter: 'none', metrics: ['f1', 'em'], f1: 0.3, em: 1 });
    expect((await read('a.jsonl', two)).models).toEqual([['a', ['0', 1, 1]]]);
    await expect(read('a.jsonl', two, { metric: 'f1' })).rejects.toThrow(/line 1: f1 is 0.3/);
  });

  test('base tests, or those of plus as well, of EvalPlus', async () => {
    const [file, content] = example('evalplus');
    expect((await read(file, content, { tests: 'base' })).models).toEqual([
      ['coder', ['HumanEval/0', 2, 2]],
    ]);
    const alone = JSON.stringify({ eval: { a: [{ base_status: 'pass', plus_status: null }] } });
    expect((await read('b.json', alone)).models).toEqual([['b', ['a', 1, 1]]]);
    await expect(read('b.json', alone, { tests: 'plus' })).rejects.toThrow(/one of base/);
    const [passed, half] = ['pass', null].map((plus_status) => ({
      ...{ base_status: 'pass', plus_status },
    }));
    const mixed = JSON.stringify({ eval: { a: [passed, half] } });
    const { models, notes } = await read('b.json', mixed);
    expect(models).toEqual([['b', ['a', 2, 2]]]);
    expect(notes).toContain('1 of 2 samples have no plus_status');
    await expect(read('b.json', mixed, { tests: 'plus' })).rejects.toThrow(
      /a, sample 2: 1 of 2 samples have no plus_status/,
    );
  });

  test('acc before score of verl, and the other where asked', async () => {
    const [file, content] = example('verl');
    const score = await read(file, content, { verdict: 'score' });
    expect(score.models).toEqual([['step 120', ['1+1?', 2, 2], ['2+2?', 1, 0]]]);
    expect(score.notes).toContain('score above 0');
    expect((await read(file, content)).notes).toContain('acc of 1');
  });

  test('a scorer of inspect_ai', async () => {
    const log = JSON.stringify([
      { id: 1, epoch: 1, scores: { a: { value: 'C' }, b: { value: { x: 0, y: 1 } } } },
    ]);
    expect((await read('l.json', log)).models).toEqual([['l', ['1', 1, 1]]]);
    expect((await read('l.json', log, { scorer: 'b.x' })).models).toEqual([['l', ['1', 1, 0]]]);
    const lengths = log.replace('"C"', '317');
    const { models, reading } = await read('l.json', lengths);
    expect([reading.choices[0]!.value, models]).toEqual(['b.x', [['l', ['1', 1, 0]]]]);
    const twice = log.replace(/^\[(.*)\]$/, '[$1,$1]');
    await expect(read('l.json', twice)).rejects.toThrow(/sample 2: epoch 1 of '1' was there/);
  });

  test('go with what is refused for one of them', async () => {
    const log = JSON.stringify([{ id: 1, epoch: 1, scores: { a: { value: 7 }, b: { value: 1 } } }]);
    const error = (await readResults(sourceOf('l.json', log), {
      choices: { scorer: 'a' },
    }).catch((thrown: unknown) => thrown)) as ResultsError;
    expect(error.message).toContain('the score of a is 7');
    expect(error.format).toBe('inspect');
    expect(error.choices!.map(({ key, value }) => [key, value])).toEqual([['scorer', 'a']]);
    expect(error.choices![0]!.values.map(({ value }) => value)).toEqual(['a', 'b']);
    // What there is not stands as what would be read by itself.
    const none = (await readResults(sourceOf('l.json', log), {
      choices: { scorer: 'c' },
    }).catch((thrown: unknown) => thrown)) as ResultsError;
    expect(none.choices!.map(({ value }) => value)).toEqual(['b']);
  });

  test('of which reward on a sample is correct', async () => {
    // .5 and 2 are above 0; 1 and 2 are 1 or more.
    const line = (score: number | string) => ({ input: 'p', output: '', score });
    const text = jsonLines(...[0, 0.5, 1, 2, -1, 'True'].map(line));
    const above = await read('a.jsonl', text);
    expect(above.models).toEqual([['a', ['p', 6, 4]]]);
    expect(above.notes).toContain('1 of the values of score lie between 0 and 1, and count as c');
    expect(above.notes).toContain('2 of its values are below 0 or above 1');
    const more = await read('a.jsonl', text, { threshold: '1 or more' });
    expect(more.models).toEqual([['a', ['p', 6, 3]]]);
    expect(more.notes).toContain('count as wrong');
    const steps = jsonLines({ ...line(1), step: 0 }, { ...line(0), step: 100 });
    expect((await read('a.jsonl', steps)).models).toEqual([
      ['step 0', ['p', 1, 1]],
      ['step 100', ['p', 1, 0]],
    ]);
    const alone = jsonLines({ input: 'p', output: '', reward: 1 });
    const reward = await read('a.jsonl', alone);
    expect([reward.reading.format, reward.models]).toEqual(['verl', [['a', ['p', 1, 1]]]]);
    const [file, content] = example('verifiers');
    expect((await read(file, content, { threshold: 'above 0' })).models).toEqual([
      ['wordle', ['0', 2, 1], ['1', 1, 1]],
    ]);
  });

  test('what a judge says, of NeMo-Skills', async () => {
    const [file, content] = example('nemo-skills');
    const judged = await read(file, content, { verdict: 'judge_correct' });
    expect(judged.models).toEqual([['base', ['row 1', 1, 1], ['row 2', 1, 1]]]);
    expect(judged.notes).toContain('rows');
    const named = jsonLines({ problem: '1+1?', symbolic_correct: null });
    const { models, notes } = await read('o.jsonl', named);
    expect(models).toEqual([['o', ['1+1?', 1, 0]]]);
    expect(notes).toBe('1 sample has no verdict; it counts as wrong.');
  });

  test('a reward function, and a step, of TRL', async () => {
    const content = parquetOf({
      step: [10n, 10n, 20n],
      prompt: ['a', 'a', 'a'],
      completion: ['', '', ''],
      accuracy_reward: [1, NaN, 0],
      format_reward: [1, 1, 1],
    });
    expect((await read('c.parquet', content)).models).toEqual([['step 20', ['a', 1, 0]]]);
    const ten = await read('c.parquet', content, { step: '10' });
    expect(ten.models).toEqual([['step 10', ['a', 1, 1]]]);
    expect(ten.notes).toContain('1 completion has no reward');
    const format = { step: '10', reward: 'format_reward' };
    expect((await read('c.parquet', content, format)).models).toEqual([['step 10', ['a', 2, 2]]]);
  });

  test('a metric of lighteval, of which pass@k for k > 1 is none', async () => {
    const values = { 'pass@k:k=2&n=4': 0.5, 'avg@n:n=4': 0.25, em: 1 };
    const content = parquetOf({ doc: [{ id: '7' }], metric: [values] });
    const { models, reading } = await read('d.parquet', content);
    expect(models).toEqual([['d', ['7', 4, 1]]]);
    expect(reading.choices[0]!.values.map(({ value }) => value)).toEqual(['avg@n:n=4', 'em']);
    expect((await read('d.parquet', content, { metric: 'em' })).models).toEqual([
      ['d', ['7', 1, 1]],
    ]);
    const half = parquetOf({ doc: [{ id: '7' }], metric: [{ 'avg@n:n=4': 0.4 }] });
    await expect(read('d.parquet', half)).rejects.toThrow(/row 1: avg@n:n=4 is 0.4/);
  });

  test('what is nothing to choose is refused', async () => {
    await expect(read('a.csv', 'problem,n,correct\nx,1,1\n', { size: '7' })).rejects.toThrow(
      /'size'.*problem, n, correct, model/,
    );
  });
});

test('Parquet that is compressed otherwise than hyparquet can by itself', async () => {
  const content = parquetWriteBuffer({
    columnData: [
      { name: 'prompt', data: Array<string>(50).fill('1+1?'), type: 'STRING' },
      { name: 'completion', data: Array<string>(50).fill('2'), type: 'STRING' },
      { name: 'correct', data: Array.from({ length: 50 }, (_, i) => i < 20), type: 'BOOLEAN' },
    ],
    codec: 'GZIP',
    compressors: { GZIP: (bytes) => new Uint8Array(gzipSync(bytes)) },
  });
  expect((await read('c.parquet', content)).models).toEqual([['c', ['1+1?', 50, 20]]]);
});

describe('what a reader has to know', () => {
  test('partly correct, and unscored, of inspect_ai', async () => {
    const scores = ['P', 'C', 'NaN', '0.5', 'null'].map((value, i) => {
      const written = /^[PC]$/.test(value) ? `"${value}"` : value;
      return `{"id": "p", "epoch": ${i}, "scores": {"m": {"value": ${written}}}}`;
    });
    const { models, notes } = await read('l.json', `[${scores.join(',\n')}]`);
    // P and .5 are wrong, C is correct, NaN and null are none.
    expect(models).toEqual([['l', ['p', 3, 1]]]);
    expect(notes).toContain('2 samples are partly correct');
    expect(notes).toContain('2 samples have no score');
  });

  test('lists of several lengths, of none, and verdicts that are null', async () => {
    const lines = jsonLines(
      { idx: 0, score: [true, null] },
      { idx: 1, score: [true, true, true] },
      { idx: 2, score: [] },
    );
    const { models, notes } = await read('r.jsonl', lines);
    expect(models).toEqual([['r', ['0', 2, 1], ['1', 3, 3]]]);
    expect(notes).toContain('2 to 3 samples');
    expect(notes).toContain('1 sample has no verdict');
    expect(notes).toContain('1 problem has an empty list');
  });

  test('rewards of verifiers that are neither 0 nor 1', async () => {
    expect((await read(...example('verifiers'))).notes).toContain('1 or more');
  });

  test('long records have their verdicts far behind', async () => {
    const long = '\\"{[ '.repeat(40_000);
    const lines = jsonLines({ idx: 0, code: [long], gt: '', score: [true] });
    expect((await read('r.jsonl', lines)).models).toEqual([['r', ['0', 1, 1]]]);
  });

  test('a prompt for an id is cut to what tells it apart', async () => {
    const prompt = (end: string) => `${'x'.repeat(600)}${end}`;
    const line = (input: string) => ({ input, output: '', score: 1 });
    const { models } = await read(
      '0.jsonl',
      jsonLines(line(prompt('a')), line(prompt('a')), line(prompt('b'))),
    );
    const [, first, second] = models[0] as [string, [string, number], [string, number]];
    expect([first[1], second[1]]).toEqual([2, 1]);
    expect(first[0]).toMatch(/^x{60}… [\da-f]{16}$/);
    expect(second[0]).not.toBe(first[0]);
  });
});

describe('pass@k of lm-evaluation-harness is no verdict', () => {
  /** A document with four samples. */
  const line = (doc_id: number, values: Record<string, number>, samples = 4) => ({
    ...{ doc_id, filter: 'create_test', metrics: Object.keys(values), ...values },
    ...{ resps: [Array(samples).fill('')], filtered_resps: [Array(samples).fill('')] },
  });

  test('c is worked out from pass@2 of 4 samples', async () => {
    // 1 − C(3,2)/C(4,2) = .5 for c = 1; 1 − C(2,2)/C(4,2) = 5/6 for c = 2; 1 for c = 3 and for c = 4.
    const values = [0, 0.5, 5 / 6, 1];
    const text = jsonLines(...values.map((value, i) => line(i, { 'pass@2': value })));
    const { models, notes } = await read('h.jsonl', text);
    expect(models).toEqual([['h', ['0', 4, 0], ['1', 4, 1], ['2', 4, 2], ['3', 4, 4]]]);
    expect(notes).toContain('pass@2 is 1 for 1 of the documents');
    // pass@1 = 3/4 tells them apart.
    const both = jsonLines(line(0, { 'pass@2': 1, 'pass@1': 0.75 }));
    expect((await read('h.jsonl', both)).models).toEqual([['h', ['0', 4, 3]]]);
    expect((await read('h.jsonl', both)).notes).not.toContain('all but one');
  });

  test('where it follows from nothing it is refused', async () => {
    const of = (...lines: unknown[]) => read('h.jsonl', jsonLines(...lines));
    // pass@3 = 1 is of 2, 3 or 4 correct samples of 4.
    await expect(of(line(0, { 'pass@3': 1 }))).rejects.toThrow(/pass@3 1 is of 2 to 4 correct/);
    await expect(of(line(0, { 'pass@2': 0.4 }))).rejects.toThrow(/pass@2 0.4 of 4 samples is no/);
    await expect(of({ doc_id: 0, filter: 'a', metrics: ['pass@2'], 'pass@2': 1 })).rejects.toThrow(
      /line 1: pass@2 1 of 1 sample is no count/,
    );
    await expect(of({ doc_id: 0, filter: 'a', metrics: ['maj@8'], 'maj@8': 1 })).rejects.toThrow(
      /maj@8 is of 8 samples together/,
    );
  });

  test('pass@1 of one sample is one, and of several the share of correct ones', async () => {
    const one = jsonLines({ doc_id: 0, filter: 'a', metrics: ['pass@1'], 'pass@1': 1 });
    expect((await read('h.jsonl', one)).models).toEqual([['h', ['0', 1, 1]]]);
    const of = jsonLines(line(0, { 'pass@1': 0.25 }), line(1, { 'pass@1': 1 }));
    expect((await read('h.jsonl', of)).models).toEqual([['h', ['0', 4, 1], ['1', 4, 4]]]);
  });

  test('without a list of metrics known names come first', async () => {
    const text = jsonLines({ doc_id: 0, resps: [], len: 1, acc_norm: 0, acc: 1, exact_match: 0 });
    const { models, reading } = await read('h.jsonl', text);
    expect(reading.choices[1]!.value).toBe('exact_match');
    expect(models).toEqual([['h', ['0', 1, 0]]]);
  });

  test('more metrics than any task has', async () => {
    const text = jsonLines(
      ...Array.from({ length: 200 }, (_, i) => ({ doc_id: i, resps: [], [`m${i}`]: 1 })),
    );
    await expect(read('h.jsonl', text)).rejects.toThrow(/line 101: .*at most 100/);
  });
});

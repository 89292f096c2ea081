import { describe, expect, test } from 'vitest';
import { randomBits } from '../../src/core/random.ts';
import { joinSame } from '../../src/results/join.ts';
import { linkOf, LONGEST_LINK, modelsOfLink } from '../../src/results/link.ts';
import { modelName } from '../../src/results/modelName.ts';
import { readResults } from '../../src/results/read.ts';
import type { Measured } from '../../src/results/results.ts';
import { countsCsv, wideCsv } from '../../src/results/write.ts';
import { plainly, sourceOf } from './examples.ts';

const measured = (name: string, ...problems: [string, number, number][]): Measured => ({
  name,
  problems: new Map(problems.map(([id, n, c]) => [id, { n, c }])),
  hasIds: true,
});
const unnamed = (name: string, ...counts: [number, number][]): Measured => ({
  ...measured(
    name,
    ...counts.map(([n, c], i) => [`no. ${i + 1}`, n, c] as [string, number, number]),
  ),
  hasIds: false,
});

/** Plainly, and with whether they have ids. */
const all = (models: readonly Measured[]) => [plainly(models), models.map(({ hasIds }) => hasIds)];
const readBack = async (csv: string) => (await readResults(sourceOf('any-name.csv', csv))).models;

const PARTS = [
  ...['a', 'b', '7', ' ', ',', ';', '\t', '"', '""', '\n', '\r', '\r\n', "'", '=', '+', '-', '@'],
  ...['<b>', '&', '\u{1f600}', 'é', '_correct', 'n', '_', 'c_', 'none', '*', '__proto__', '\ufeff'],
  ...['\u2028', 'x'.repeat(90)],
];
/** A text of 0 to 5 of these. */
const textAt = (i: number, j: number): string =>
  Array.from(
    { length: randomBits(7, 1, i, 10 * j) % 6 },
    (_, k) => PARTS[randomBits(7, 2, i, 10 * j + k) % PARTS.length]!,
  ).join('');
/** One to three models of one to four problems, some with the same problems and n. */
function modelsAt(i: number): Measured[] {
  const bits = (j: number, below: number): number => randomBits(7, 3, i, j) % below;
  const names = new Set(Array.from({ length: 1 + bits(0, 3) }, (_, j) => textAt(i, j)));
  const ids = [...new Set(Array.from({ length: 1 + bits(1, 4) }, (_, j) => textAt(i, 20 + j)))];
  return [...names].map((name, m) => {
    const own = bits(2, 2) === 0 ? ids : ids.map((id) => `${id}${m}`);
    const problems = own.map((id, j): [string, number, number] => {
      const n = 1 + bits(3, 100) + (bits(4, 3) === 0 ? m : 0);
      return [id, n, bits(100 + 10 * m + j, n + 1)];
    });
    return measured(name, ...problems);
  });
}

describe('a file of this page is read back as it was', () => {
  test.each([
    ["'", '=1', '+1', '-1', '@x', '\tx', '\rx', "''", "'=", ' ', 'a"b', '"', 'a,b', 'a\r\nb'],
    ['\n', '<script>', '\u{1f600}', '__proto__', 'none', '*'],
  ])('%j …', async (...ids) => {
    const models = [measured('=A', ...ids.map((id, i): [string, number, number] => [id, 99, i]))];
    expect(all(await readBack(countsCsv(models)))).toEqual(all(models));
    expect(all(await modelsOfLink((await linkOf(models))!))).toEqual(all(models));
  });

  test('400 made ones, as a file and as a link, of which many are wide', async () => {
    let wide = 0;
    for (let i = 0; i < 400; i++) {
      const models = modelsAt(i);
      expect(all(await readBack(countsCsv(models)))).toEqual(all(models));
      expect(all(await modelsOfLink((await linkOf(models))!))).toEqual(all(models));
      if (wideCsv(models) !== null) wide++;
    }
    expect(wide).toBeGreaterThan(100);
    expect(wide).toBeLessThan(350);
  });

  test('models without ids, beside one with them', async () => {
    const models = [
      unnamed('h', [4, 1], [4, 1], [8, 0], [4, 1]),
      measured('m', ['p', 4, 1], ['no. 1', 4, 1]),
      unnamed('', [1, 1]),
    ];
    const csv = countsCsv(models);
    // Two neighbours are one row.
    expect(csv.split('\n').slice(0, 3)).toEqual([
      'problem,model,n,correct,problems',
      ',h,4,1,2',
      ',h,8,0,1',
    ]);
    expect(all(await readBack(csv))).toEqual(all(models));
    expect(all(await modelsOfLink((await linkOf(models))!))).toEqual(all(models));
  });

  test('a sheet computes nothing of it', () => {
    const csv = countsCsv([measured('@m', ['=SUM(A1)', 4, 1], ['+1', 4, 1])]);
    expect(csv).toBe("problem,model,n,correct\n'=SUM(A1),'@m,4,1\n'+1,'@m,4,1\n");
  });
});

describe('links', () => {
  test('500 problems of two models, 128 samples each, are less than 4,000 characters', async () => {
    const counts = (m: number) =>
      Array.from({ length: 500 }, (_, i): [string, number, number] => [
        String(i),
        128,
        randomBits(1, m, 0, i) % 129,
      ]);
    const models = [measured('base', ...counts(1)), measured('rl', ...counts(2))];
    const link = (await linkOf(models))!;
    expect(link.length).toBeLessThan(4000);
    expect(link).toMatch(/^[\w-]+$/);
    expect(all(await modelsOfLink(link))).toEqual(all(models));
  });

  test('what is too long for an address has none', async () => {
    const ids = Array.from({ length: 3000 }, (_, i): [string, number, number] => [
      String(randomBits(1, 3, 0, i)),
      1,
      1,
    ]);
    expect(await linkOf([measured('m', ...ids)])).toBeNull();
    const more = Array.from({ length: 60_000 }, (_, i): [string, number, number] => [`${i}`, 1, 1]);
    expect(await linkOf([measured('m', ...more)])).toBeNull();
    expect(await linkOf([])).toBeNull();
    expect(LONGEST_LINK).toBe(8000);
  });

  test('a mangled one is refused', async () => {
    const link = (await linkOf([measured('m', ['p', 4, 1], ['q', 4, 2])]))!;
    const mangled = [
      link.slice(0, -4),
      `${link}?`,
      link.slice(3),
      '',
      'AAAA',
      '%',
      'A'.repeat(9000),
    ];
    for (const text of mangled)
      await expect(modelsOfLink(text), text).rejects.toThrow(/^The results in the link/);
  });

  test('one that grows without end is stopped', async () => {
    const zeros = new Blob(Array<Blob>(4).fill(new Blob(['0'.repeat(1_000_000)])));
    const deflated = zeros.stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
    const link = Buffer.from(bytes).toString('base64url');
    expect(link.length).toBeLessThan(LONGEST_LINK);
    await expect(modelsOfLink(link)).rejects.toThrow(/^The results in the link are of more text/);
  });

  test('one with counts that cannot be is refused with their line', async () => {
    const deflated = new Blob(['problem,n,m_correct\np,4,5\n'])
      .stream()
      .pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
    await expect(modelsOfLink(Buffer.from(bytes).toString('base64url'))).rejects.toThrow(
      'The results in the link, line 2: m_correct is 5 of n = 4; expected',
    );
  });
});

describe('models of one name', () => {
  test('are added up by id, in the order of the first', () => {
    const joined = joinSame([
      measured('a', ['p', 4, 1], ['q', 4, 2]),
      measured('b', ['p', 9, 9]),
      measured('a', ['r', 1, 1], ['p', 4, 3]),
    ]);
    expect(plainly(joined)).toEqual([
      ['a', ['p', 8, 4], ['q', 4, 2], ['r', 1, 1]],
      ['b', ['p', 9, 9]],
    ]);
  });

  test('leave what was given as it is', () => {
    const first = measured('a', ['p', 4, 1]);
    joinSame([first, first]);
    expect(plainly([first])).toEqual([['a', ['p', 4, 1]]]);
  });

  test('of histograms are put behind one another', () => {
    const joined = joinSame([unnamed('a', [4, 1], [4, 2]), unnamed('a', [2, 2])]);
    expect(all(joined)).toEqual(all([unnamed('a', [4, 1], [4, 2], [2, 2])]));
  });

  test('the seeds of a model have one name', async () => {
    const of = async (file: string, verdict: boolean) =>
      (await readResults(sourceOf(file, `{"id": 1, "symbolic_correct": ${verdict}}\n`))).models;
    const models = [
      ...(await of('runs/rl/output-rs0.jsonl', true)),
      ...(await of('runs/rl/output-rs1.jsonl', false)),
    ];
    expect(plainly(joinSame(models))).toEqual([['rl', ['1', 2, 1]]]);
  });
});

test.each([
  ['base.csv', 'base'],
  ['dir/qwen-7b_seed3.jsonl', 'qwen-7b'],
  ['qwen-7b-rs12.jsonl', 'qwen-7b'],
  ['qwen-7b_s0.csv', 'qwen-7b'],
  ['qwen2.5-s1-32b.csv', 'qwen2.5-s1-32b'],
  ['test_cot_-1_seed2_t0.6_s0_e-1.jsonl', 'test_cot_-1_t0.6_e-1'],
  ['samples_gsm8k_2025-11-03T10-11-12.123456.jsonl', 'gsm8k'],
  ['details_aime24_2025-11-03T10-11-12.123456.parquet', 'aime24'],
  ['samples.jsonl_results.jsonl', 'samples'],
  ['120.jsonl', 'step 120'],
  ['validation/0.jsonl', 'step 0'],
  ['runs/base/output-rs3.jsonl', 'base'],
  ['C:\\runs\\rl\\results.jsonl', 'rl'],
  ['output-rs3.jsonl', 'output'],
  ['Qwen--Qwen2.5_vllm_temp_0.8.eval_results.json', 'Qwen--Qwen2.5_vllm_temp_0.8'],
  ['./output.jsonl', 'output'],
  ['The pasted table', 'The pasted table'],
])('%s is of %s', (file, name) => {
  expect(modelName(file, { seeds: true })).toBe(name);
});

test.each([
  ['dir/ppo_seed1.csv', 'ppo_seed1'],
  ['qwen_s1.jsonl', 'qwen_s1'],
  ['samples_gsm8k-rs2_2025-11-03T10-11-12.123456.jsonl', 'gsm8k-rs2'],
])('%s is of %s where the files of seeds are not one model', (file, name) => {
  expect(modelName(file, { seeds: false })).toBe(name);
});

test('files that differ by their seed are of one model in two formats alone', async () => {
  const of = async (file: string, text: string) => {
    const { joins, models } = await readResults(sourceOf(file, text));
    return [joins, models[0]!.name];
  };
  expect(await of('a_seed1.csv', 'problem,n,correct\np,4,1\n')).toEqual([null, 'a_seed1']);
  expect(await of('a_seed1.jsonl', '{"idx": 0, "score": [true]}\n')).toEqual(['seeds', 'a']);
  expect(await of('a-rs1.jsonl', '{"id": 0, "symbolic_correct": true}\n')).toEqual(['seeds', 'a']);
});

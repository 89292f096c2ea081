import { describe, expect, it } from 'vitest';
import { namesInSets } from '../../src/results/namesInSets.ts';
import { setsOf, type FileOfSet } from '../../src/results/sets.ts';
import { model } from './made.ts';

/** A file whose problems are numbered, as many as that. */
const numbered = (file: string, size: number, models: readonly string[] = ['any']): FileOfSet => ({
  file,
  models: models.map((name) => model(name, 1, Array<number>(size).fill(0), ids(size))),
});
const ids = (size: number, prefix = ''): string[] =>
  Array.from({ length: size }, (_, i) => `${prefix}${i}`);
/** Every model on every set, with so many problems, by their paths. */
const crossed = (
  models: readonly string[],
  sets: Readonly<Record<string, number>>,
  path: (model: string, set: string) => string,
): FileOfSet[] =>
  models.flatMap((model) =>
    Object.entries(sets).map(([set, size]) => numbered(path(model, set), size)),
  );
const MODELS = ['Qwen2.5-Math-7B', 'Qwen2.5-Math-7B-GRPO'];
/** The sets, each with the files of it. */
function told(files: readonly FileOfSet[]): Record<string, string[]> | null {
  const sets = setsOf(files);
  if (!sets) return null;
  const found: Record<string, string[]> = {};
  files.forEach(({ file }, i) => (found[sets[i]!] ??= []).push(file));
  return found;
}
const namesOf = (files: readonly FileOfSet[]) => Object.keys(told(files) ?? {});

describe('sets of problems', () => {
  it.each([
    ['a folder for each model', (model: string, set: string) => `out/${model}/${set}.jsonl`],
    ['a folder for each set', (model: string, set: string) => `${set}/${model}.jsonl`],
    ['one folder', (model: string, set: string) => `${model}_${set}.jsonl`],
    [
      'files called the same',
      (model: string, set: string) => `${model}/eval/${set}/output-rs0.jsonl`,
    ],
    [
      'names with a time',
      (model: string, set: string) => `${model}/samples_${set}_2026-11-30T10-00-00.123456.jsonl`,
    ],
    ['another system', (model: string, set: string) => `C:\\out\\${model}\\${set}\\results.csv`],
  ])('are told by their ids, whatever they are called: %s', (_, path) => {
    const files = crossed(MODELS, { easy: 60, hard: 45 }, path);
    expect(told(files)).toEqual({
      easy: MODELS.map((model) => path(model, 'easy')),
      hard: MODELS.map((model) => path(model, 'hard')),
    });
  });

  it.each([
    ['a folder for each model', (model: string, set: string) => `out/${model}/${set}.jsonl`],
    ['a folder for each set', (model: string, set: string) => `${set}/${model}.jsonl`],
    ['one folder', (model: string, set: string) => `${model}_${set}.jsonl`],
  ])('of the same ids are told by benchmarks: %s', (_, path) => {
    expect(namesOf(crossed(MODELS, { aime24: 30, AIME_2025: 30 }, path))).toEqual([
      'aime24',
      'AIME_2025',
    ]);
  });

  it('are told by the parts of a benchmark, and with others beside them', () => {
    const sets = { hmmt_feb25: 30, hmmt_nov25: 30, gsm8k: 80, gpqa_diamond: 40, gpqa_main: 50 };
    const files = crossed(['base', 'rl'], sets, (model, set) => `${model}/${set}.jsonl`);
    expect(namesOf(files).sort()).toEqual(Object.keys(sets).sort());
  });

  it('are told where a model lacks one, and beside what is of none', () => {
    const files = [
      ...[numbered('base/gsm8k.jsonl', 80), numbered('base/gaokao.jsonl', 30)],
      ...[numbered('rl/gsm8k.jsonl', 80), numbered('extra.csv', 500)],
    ];
    expect(told(files)).toEqual({
      gsm8k: ['base/gsm8k.jsonl', 'rl/gsm8k.jsonl'],
      gaokao: ['base/gaokao.jsonl'],
      extra: ['extra.csv'],
    });
  });

  it('are not those that models were trained on', () => {
    const models = ['base', 'rl-gsm8k', 'rl-math500'];
    const path = (model: string, set: string) => `${set}/${model}.jsonl`;
    expect(namesOf(crossed(models, { math500: 50, aime24: 30 }, path))).toEqual([
      'math500',
      'aime24',
    ]);
    expect(namesOf(crossed(models, { aime25: 30, aime24: 30 }, path))).toEqual([
      'aime25',
      'aime24',
    ]);
    const one = ['qwen-gsm8k-grpo', 'qwen-math500-grpo'].map((name) =>
      numbered(`${name}/results.csv`, 30),
    );
    expect(told(one)).toBe(null);
  });

  it('are of files with several models each', () => {
    const files = [
      numbered('aime24.csv', 30, ['base', 'rl']),
      numbered('math500.csv', 50, ['base', 'rl']),
    ];
    expect(told(files)).toEqual({ aime24: ['aime24.csv'], math500: ['math500.csv'] });
  });

  it('have names that are no numbers in common only if they are the same', () => {
    const lettered = (file: string, prefix: string, size: number): FileOfSet => ({
      file,
      models: [model('any', 1, Array<number>(size).fill(0), ids(size, prefix))],
    });
    const files = [
      lettered('base/a.csv', 'a', 40),
      lettered('rl/a.csv', 'a', 5),
      lettered('base/b.csv', 'b', 40),
      lettered('rl/b.csv', 'b', 40),
    ];
    expect(namesOf(files)).toEqual(['a', 'b']);
  });

  it('have the ids of most of their files: a few problems may lack', () => {
    const files = crossed(
      ['base', 'rl'],
      { easy: 60, hard: 45 },
      (model, set) => `${model}/${set}.csv`,
    );
    files[2] = numbered('rl/easy.csv', 57);
    expect(namesOf(files)).toEqual(['easy', 'hard']);
  });

  const same = (...files: string[]): FileOfSet[] => files.map((file) => numbered(file, 30));
  const runs = (runs: readonly string[], steps: readonly string[]) =>
    crossed(
      runs,
      Object.fromEntries(steps.map((step) => [step, 30])),
      (run, step) => `${run}/${step}.jsonl`,
    );
  it.each([
    ['one set', same('base/aime24.jsonl', 'rl/aime24.jsonl')],
    ['a model on fewer problems', [numbered('base.csv', 500), numbered('rl.csv', 100)]],
    [
      'its runs on fewer problems',
      [
        numbered('base/x.csv', 500),
        ...runs(['rl'], ['a', 'b']).map(({ file }) => numbered(file, 100)),
      ],
    ],
    [
      'seeds on fewer problems',
      [0, 1].flatMap((seed) => [
        numbered(`base/rs${seed}.csv`, 500),
        numbered(`rl/rs${seed}.csv`, 100),
      ]),
    ],
    [
      'a step that was not evaluated to its end',
      [...same('base/x.csv', 'rl/step_1/x.csv'), numbered('rl/step_2/x.csv', 20)],
    ],
    [
      'names of models',
      same(
        'Qwen2.5-7B.csv',
        'Qwen2.5-Math-7B.csv',
        'Qwen2.5-Math-7B-GRPO.csv',
        'DeepSeek-Math-7B.csv',
      ),
    ],
    ['steps of runs', runs(['kl', 'nokl'], ['step_0', 'step_200'])],
    [
      'dumps of verl, one run with more problems',
      [
        ...runs(['kl'], ['0', '100']),
        ...runs(['nokl'], ['0', '100']).map(({ file }) => numbered(file, 60)),
      ],
    ],
    ['runs, temperatures and dates', runs(['base', 'rl'], ['run1', 't0.6', '2026-11-30'])],
    ['benchmarks in two spellings', same('base/math500.csv', 'rl/MATH-500.csv')],
    ['dates behind a benchmark', same('base/gsm8k_2024-11-01.csv', 'rl/gsm8k_2025-01-01.csv')],
    ['nothing', []],
  ])('are not told of %s', (_, files) => {
    expect(told(files)).toBe(null);
  });
});

describe('names of models in sets', () => {
  it.each([
    [
      'a folder for each model',
      (model: string, set: string) => `out/${model}/eval/${set}/samples.jsonl`,
    ],
    ['a folder for each set', (model: string, set: string) => `${set}/${model}.jsonl`],
    ['one folder', (model: string, set: string) => `${model}_${set}.jsonl`],
  ])('are the same in each: %s', (_, path) => {
    const files = crossed(MODELS, { aime24: 30, math500: 50 }, path);
    const sets = setsOf(files)!;
    const named = files.map(({ file }, i) => ({
      ...{ file, set: sets[i]! },
      reading: {
        format: 'counts',
        joins: null,
        models: [{ name: file.split('/').at(-1)!.replace('.jsonl', '') }],
      },
    }));
    expect(namesInSets(named).flat()).toEqual(MODELS.flatMap((model) => [model, model]));
  });
});

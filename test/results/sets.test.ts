import { describe, expect, it } from 'vitest';
import { modelName } from '../../src/results/modelName.ts';
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
  files.forEach(({ file }, i) => (found[sets[i]!.set] ??= []).push(file));
  return found;
}
const namesOf = (files: readonly FileOfSet[]) => Object.keys(told(files) ?? {});

describe('sets of problems', () => {
  const same = (...files: string[]): FileOfSet[] => files.map((file) => numbered(file, 30));
  const runs = (runs: readonly string[], steps: readonly string[]) =>
    crossed(
      runs,
      Object.fromEntries(steps.map((step) => [step, 30])),
      (run, step) => `${run}/${step}.jsonl`,
    );
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

  it('of the same ids are told by benchmarks in whatever spelling', () => {
    const files = [
      ...[numbered('base/aime24.csv', 30), numbered('base/aime-2025.csv', 30)],
      ...[numbered('rl/AIME_2024.csv', 30), numbered('rl/aime25.csv', 30)],
    ];
    expect(told(files)).toEqual({
      aime24: ['base/aime24.csv', 'rl/AIME_2024.csv'],
      'aime-2025': ['base/aime-2025.csv', 'rl/aime25.csv'],
    });
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

  it('are told of one model by benchmarks alone', () => {
    const files = [numbered('base/aime24.jsonl', 30), numbered('base/math500.jsonl', 50)];
    expect(namesOf(files)).toEqual(['aime24', 'math500']);
    expect(namesOf([numbered('aime24.jsonl', 30), numbered('math500.jsonl', 50)])).toEqual([
      ...['aime24', 'math500'],
    ]);
    const two = [numbered('base_gsm8k.csv', 30), numbered('rl_math500.csv', 50)];
    expect(namesOf(two)).toEqual([]);
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

  it('are one where a model was not measured to the end', () => {
    const files = crossed(
      ['base', 'rl'],
      { aime24: 30, math500: 50 },
      (model, set) => `${model}/${set}.csv`,
    );
    files[2] = numbered('rl/aime24.csv', 20);
    expect(told(files)).toEqual({
      aime24: ['base/aime24.csv', 'rl/aime24.csv'],
      math500: ['base/math500.csv', 'rl/math500.csv'],
    });
  });

  it('of ids that name problems are one with any of them, by whatever name', () => {
    const files = runs(['gsm8k_a', 'gsm8k_b', 'math500_a', 'math500_b'], ['x']).map(({ file }) => ({
      file,
      models: [model('any', 1, [0, 0], ['What is 1 + 1?', 'And 2 + 2?'])],
    }));
    expect(told(files)).toBe(null);
  });

  it('of ids with a letter before a number are told as those of numbers', () => {
    const files = crossed(
      ['base', 'rl'],
      { easy: 60, hard: 45 },
      (model, set) => `${model}/${set}.csv`,
    );
    for (const { models } of files) {
      const { problems } = models[0]! as unknown as { problems: Map<string, unknown> };
      for (const id of [...problems.keys()]) {
        problems.set(`row ${id}`, problems.get(id));
        problems.delete(id);
      }
    }
    expect(namesOf(files)).toEqual(['easy', 'hard']);
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
    [
      'settings, of which one has fewer problems',
      ['Qwen', 'Oat'].flatMap((model, i) =>
        ['t0.6', 't1.0'].map((t) => numbered(`${model}/${t}.csv`, 500 - 100 * i)),
      ),
    ],
    [
      'an interrupted seed of each',
      ['base', 'rl'].flatMap((model) =>
        [0, 1, 2].map((seed) => numbered(`${model}/output-rs${seed}.jsonl`, seed === 2 ? 20 : 30)),
      ),
    ],
    ['what runs were trained on', runs(['gsm8k', 'math500'], ['step_100', 'step_200'])],
    [
      'settings behind a benchmark',
      crossed(
        ['base', 'rl'],
        { aime24_t06: 30, aime24_t10: 30 },
        (model, set) => `${model}/${set}.csv`,
      ),
    ],
    ['benchmarks in two spellings', same('base/math500.csv', 'rl/MATH-500.csv')],
    ['dates behind a benchmark', same('base/gsm8k_2024-11-01.csv', 'rl/gsm8k_2025-01-01.csv')],
    ['nothing', []],
  ])('are not told of %s', (_, files) => {
    expect(told(files)).toBe(null);
  });
});

describe('names of models in sets', () => {
  const named = (files: readonly FileOfSet[]): string[] => {
    const sets = setsOf(files)!;
    return namesInSets(
      files.map(({ file, models }, i) => ({
        ...{ file, inSet: sets[i]! },
        reading: {
          ...{ format: 'counts', joins: null },
          models: models.length > 1 ? models : [{ name: modelName(file, { seeds: false }) }],
        },
      })),
    ).flat();
  };
  it.each([
    [
      'a folder for each model',
      (model: string, set: string) => `out/${model}/eval/${set}/samples.jsonl`,
    ],
    ['a folder for each set', (model: string, set: string) => `${set}/${model}.jsonl`],
    ['one folder', (model: string, set: string) => `${model}_${set}.jsonl`],
  ])('are the same in each: %s', (_, path) => {
    for (const sets of [
      { aime24: 30, math500: 50 },
      { math: 500, amc: 40, gaokao: 60 },
    ])
      expect(named(crossed(MODELS, sets, path))).toEqual(
        MODELS.flatMap((model) => Object.keys(sets).map(() => model)),
      );
  });

  it('are the same where a model has a set alone, or with others', () => {
    const alone = crossed(
      ['base', 'rl'],
      { gsm8k: 80, gaokao: 30 },
      (model, set) => `${model}/${set}.csv`,
    );
    expect(named(alone.slice(0, 3))).toEqual(['base', 'base', 'rl']);
    const more = [
      ...crossed(
        ['base/7b', 'rl/7b'],
        { aime24: 30, math500: 50 },
        (model, set) => `${model}/${set}.csv`,
      ),
      ...crossed(['base/32b', 'rl/32b'], { math500: 50 }, (model, set) => `${model}/${set}.csv`),
    ];
    const names = named(more);
    expect([names[0], names[2]]).toEqual([names[1], names[3]]);
    expect(new Set(names).size).toBe(4);
  });

  it('are not one for seeds of a format of which nobody says that they are one model', () => {
    const files = crossed(
      ['base', 'rl'],
      { aime24: 30, math500: 50 },
      (model, set) => `${model}/${set}`,
    );
    const seeds = files.flatMap(({ file, models }) =>
      [0, 1].map((seed) => ({ file: `${file}_seed${seed}.csv`, models })),
    );
    const names = named(seeds);
    const sets = setsOf(seeds)!;
    expect(sets.map(({ set }) => set).slice(0, 4)).toEqual([
      'aime24',
      'aime24',
      'math500',
      'math500',
    ]);
    const inFirst = names.filter((_, i) => sets[i]!.set === 'aime24');
    expect(inFirst).toEqual(['base/seed0', 'base/seed1', 'rl/seed0', 'rl/seed1']);
    expect(names.filter((_, i) => sets[i]!.set === 'math500')).toEqual(inFirst);
  });

  it('are those of several models in a file', () => {
    const files = ['aime24', 'math500'].map((set, i) =>
      numbered(`${set}.csv`, 30 + 20 * i, ['base', 'rl']),
    );
    expect(named(files)).toEqual(['base', 'rl', 'base', 'rl']);
  });
});

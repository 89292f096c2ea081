import { describe, expect, it } from 'vitest';
import type { Joins } from '../../src/results/results.ts';
import { namesBeside, namesOfAll, type ReadFile } from '../../src/results/names.ts';

const read = (
  file: string,
  format: string,
  names: string | string[],
  joins: Joins | null = null,
): ReadFile => ({
  file,
  reading: { format, joins, models: [names].flat().map((name) => ({ name })) },
});
const lmEval = (file: string, task = 'gsm8k') => read(file, 'lm-eval', task, 'runs');
const evalPlus = (file: string) => read(file, 'evalplus', 'gsm8k');
const seed = (file: string, name = 'qwen') => read(file, 'math-eval', name, 'seeds');
const verl = (file: string) => read(file, 'verl', 'step 120');

describe('names of files with paths', () => {
  it.each<[string, ReadFile[], (string | string[])[]]>([
    [
      'a model is a folder',
      [lmEval('a/base/samples_gsm8k_T.jsonl'), lmEval('a/rl/samples_gsm8k_T.jsonl')],
      ['base', 'rl'],
    ],
    [
      'at other times',
      [lmEval('/x/base/samples_gsm8k_1.jsonl'), lmEval('/x/rl/samples_gsm8k_2.jsonl')],
      ['base', 'rl'],
    ],
    [
      'of two tasks',
      [
        ...[lmEval('base/samples_gsm8k_T.jsonl'), lmEval('base/samples_math_T.jsonl', 'math')],
        ...[lmEval('rl/samples_gsm8k_T.jsonl'), lmEval('rl/samples_math_T.jsonl', 'math')],
      ],
      ['base/gsm8k', 'base/math', 'rl/gsm8k', 'rl/math'],
    ],
    [
      'seeds of two models',
      [
        ...[seed('base/qwen_s0.jsonl'), seed('base/qwen_s1.jsonl')],
        ...[seed('rl/qwen_s0.jsonl'), seed('rl/qwen_s1.jsonl')],
      ],
      ['base', 'base', 'rl', 'rl'],
    ],
    [
      'seeds of two models in one folder',
      [seed('./all/b_s0.jsonl', 'b'), seed('all/r_s0.jsonl', 'r'), seed('all/b_s1.jsonl', 'b')],
      ['b', 'r', 'b'],
    ],
    ['steps of two runs', [verl('ppo/val/120.jsonl'), verl('grpo/val/120.jsonl')], ['ppo', 'grpo']],
    [
      'beside another step',
      [
        verl('ppo/120.jsonl'),
        read('ppo/60.jsonl', 'verl', 'step 60'),
        verl('C:\\runs\\grpo\\120.jsonl'),
      ],
      ['ppo/step 120', 'ppo/step 60', 'grpo/step 120'],
    ],
    [
      'two files of one folder, of a format that has one a model',
      [evalPlus('rl/a/1.json'), evalPlus('rl/a/2.json')],
      ['gsm8k', 'gsm8k (2)'],
    ],
    [
      'runs in one folder',
      [lmEval('rl/samples_gsm8k_1.jsonl'), lmEval('rl/samples_gsm8k_2.jsonl')],
      ['gsm8k', 'gsm8k'],
    ],
    [
      'runs in no folder',
      [lmEval('samples_gsm8k_1.jsonl'), lmEval('samples_gsm8k_2.jsonl')],
      ['gsm8k', 'gsm8k (2)'],
    ],
    [
      'seeds, and greedy samples beside them',
      [seed('rl/output-rs0.jsonl'), seed('rl/output-rs1.jsonl'), seed('rl/output.jsonl')],
      ['qwen', 'qwen', 'qwen (2)'],
    ],
    ['the same file twice', [seed('rl/s0.jsonl'), seed('rl/s0.jsonl')], ['qwen', 'qwen (2)']],
    [
      'one in a folder, one in none',
      [lmEval('samples_gsm8k_T.jsonl'), lmEval('rl/samples_gsm8k_T.jsonl')],
      ['gsm8k', 'gsm8k (2)'],
    ],
    [
      'more than one folder where it takes more',
      [lmEval('a/x/f.jsonl'), lmEval('a/y/f.jsonl'), lmEval('b/x/f.jsonl')],
      ['a/x', 'a/y', 'b/x'],
    ],
    [
      'two runs of each of two models',
      [
        ...[lmEval('base/samples_gsm8k_1.jsonl'), lmEval('base/samples_gsm8k_2.jsonl')],
        ...[lmEval('rl/samples_gsm8k_1.jsonl'), lmEval('rl/samples_gsm8k_2.jsonl')],
      ],
      ['base', 'base', 'rl', 'rl'],
    ],
    [
      'two files of each of two models',
      ['base/1.json', 'base/2.json', 'rl/1.json', 'rl/2.json'].map(evalPlus),
      ['base', 'base (2)', 'rl', 'rl (2)'],
    ],
    [
      'several models a file',
      [read('a/c.csv', 'counts', ['base', 'rl']), read('b/c.csv', 'counts', ['base', 'rl'])],
      [
        ['a/base', 'a/rl'],
        ['b/base', 'b/rl'],
      ],
    ],
    [
      'a name that looks numbered',
      [lmEval('f', 'm (2)'), lmEval('f', 'm'), lmEval('f', 'm')],
      ['m (2)', 'm', 'm (3)'],
    ],
    ['nothing in common', [lmEval('x/a', 'a'), lmEval('y/b', 'b')], ['a', 'b']],
  ])('%s', (_, files, expected) => {
    expect(namesOfAll(files)).toEqual(expected.map((names) => [names].flat()));
  });
});

describe('names of files with paths beside others that keep theirs', () => {
  const beside = (file: ReadFile, ...names: string[]) => ({ ...file, names });

  it('are not those of other models', () => {
    const files = [lmEval('base/f.jsonl'), lmEval('rl/f.jsonl')];
    expect(namesOfAll(files, [beside(lmEval('mine.jsonl', 'x'), 'base')])).toEqual([
      ['base (2)'],
      ['rl'],
    ]);
  });

  it('differ from folders of these too', () => {
    const kept = [beside(lmEval('base/f.jsonl'), 'base'), beside(lmEval('rl/f.jsonl'), 'mine')];
    expect(namesOfAll([lmEval('ppo/f.jsonl'), lmEval('f.jsonl')], kept)).toEqual([
      ['ppo'],
      ['gsm8k'],
    ]);
  });

  it('are of another model where they were given by themselves, called as their folder', () => {
    const given = (file: string, drop: number) => ({ ...seed(file), drop });
    expect(
      namesOfAll([
        ...[given('gsm8k/s0.jsonl', 1), given('gsm8k/s1.jsonl', 1)],
        ...[given('gsm8k/s0.jsonl', 2), given('gsm8k/s1.jsonl', 2), given('gsm8k/s2.jsonl', 2)],
      ]).flat(),
    ).toEqual(['qwen', 'qwen', 'qwen (2)', 'qwen (2)', 'qwen (2)']);
  });

  it('are the same where they are parts of one', () => {
    const files = [seed('rl/s1.jsonl'), seed('base/s0.jsonl')];
    expect(namesOfAll(files, [beside(seed('rl/s0.jsonl'), 'qwen')])).toEqual([['qwen'], ['base']]);
  });
});

describe('names of a file beside others, without paths', () => {
  const beside = (given: ReadFile, others: ReadFile[]) => {
    const named = others.map((other) => ({ ...other, names: [] as string[] }));
    for (const [i, other] of named.entries()) other.names = namesBeside(other, named.slice(0, i));
    return namesBeside(given, named);
  };

  it('are told apart by a number, and seeds are one', () => {
    expect(beside(lmEval('gsm8k.jsonl'), [lmEval('gsm8k.jsonl')])).toEqual(['gsm8k (2)']);
    expect(beside(seed('s1.jsonl'), [seed('s0.jsonl')])).toEqual(['qwen']);
  });

  it('put seeds of a second model that have the file names of the first together', () => {
    const [s0, s1] = [seed('s0.jsonl'), seed('s1.jsonl')];
    expect(beside(s0, [s0, s1])).toEqual(['qwen (2)']);
    expect(beside(s1, [s0, s1, s0])).toEqual(['qwen (2)']);
    expect(beside(seed('s2.jsonl'), [s0, s1])).toEqual(['qwen']);
  });

  it('do not join one whose format is another', () => {
    expect(beside(seed('s1.jsonl'), [read('s0.jsonl', 'nemo-skills', 'qwen', 'seeds')])).toEqual([
      'qwen (2)',
    ]);
  });

  it('are free again where the other was renamed', () => {
    expect(namesBeside(lmEval('f'), [{ ...lmEval('f'), names: ['base'] }])).toEqual(['gsm8k']);
  });
});

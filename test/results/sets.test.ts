import { describe, expect, it } from 'vitest';
import { setsOf } from '../../src/results/sets.ts';

/** Every model on every set, as paths. */
const paths = (
  models: readonly string[],
  sets: readonly string[],
  path: (model: string, set: string) => string,
) => models.flatMap((model) => sets.map((set) => path(model, set)));

describe('sets of problems', () => {
  it.each([
    ['a folder for each model', (model: string, set: string) => `out/${model}/${set}.jsonl`],
    ['a folder for each set', (model: string, set: string) => `${set}/${model}.jsonl`],
    ['one folder', (model: string, set: string) => `${model}_${set}.jsonl`],
    [
      'files called the same',
      (model: string, set: string) => `${model}/math_eval/${set}/output-rs0.jsonl`,
    ],
    [
      'runs of lm-evaluation-harness',
      (model: string, set: string) => `${model}/samples_${set}_2026-11-30T10-00-00.123456.jsonl`,
    ],
  ])('are told by benchmarks: %s', (_, path) => {
    const [models, sets] = [
      ['Qwen2.5-Math-7B', 'Qwen2.5-Math-7B-GRPO'],
      ['aime24', 'math500'],
    ];
    expect(setsOf(paths(models, sets, path))).toEqual(['aime24', 'math500', 'aime24', 'math500']);
  });

  it('are called as benchmarks are written, in small letters', () => {
    expect(
      setsOf(['a/AIME_2024.csv', 'a/MATH-500.csv', 'a/HumanEval+.csv', 'a/mbppplus.csv']),
    ).toEqual(['aime_2024', 'math-500', 'humaneval+', 'mbppplus']);
  });

  it('are told by the last benchmark that is not in all paths', () => {
    const files = ['gsm8k-grpo/aime24', 'gsm8k-grpo/amc23', 'base/aime24', 'base/amc23'];
    expect(setsOf(files.map((file) => `${file}.jsonl`))).toEqual([
      'aime24',
      'amc23',
      'aime24',
      'amc23',
    ]);
    expect(setsOf(['aime24/base/gsm8k_prompt.csv', 'amc/base/gsm8k_prompt.csv'])).toEqual([
      'aime24',
      'amc',
    ]);
  });

  it('are told by their place where only one of two has a base', () => {
    const own = paths(
      ['base', 'rl'],
      ['easy', 'hard'],
      (model, set) => `out/${model}/${set}.jsonl`,
    );
    expect(setsOf(own)).toEqual(['easy', 'hard', 'easy', 'hard']);
    const turned = paths(['base', 'rl'], ['easy', 'hard'], (model, set) => `${set}/${model}.jsonl`);
    expect(setsOf(turned)).toEqual(['easy', 'hard', 'easy', 'hard']);
  });

  it.each([
    ['one set', ['base/aime24.jsonl', 'rl/aime24.jsonl']],
    ['no sets', ['base.jsonl', 'rl.jsonl', 'rl-step-100.jsonl']],
    ['a file of no benchmark', ['base/aime24.jsonl', 'base/math500.jsonl', 'rl.jsonl']],
    ['what models are called', ['Qwen2.5-7B.csv', 'Qwen2.5-Math-7B.csv']],
    ['other names in other folders', ['base/a.jsonl', 'rl/b.jsonl']],
    ['a model alone in a set', ['base/a.jsonl', 'rl/a.jsonl', 'rl/b.jsonl']],
    [
      'steps of runs',
      paths(['qwen', 'qwen-grpo'], ['step_100', 'step_200'], (run, step) => `${run}/${step}.jsonl`),
    ],
    [
      'dumps of verl',
      paths(['qwen', 'qwen-grpo'], ['100', '200'], (run, step) => `${run}/${step}.jsonl`),
    ],
    [
      'seeds',
      paths(['base', 'rl'], ['rs0', 'rs1'], (model, seed) => `${model}/output-${seed}.jsonl`),
    ],
    [
      'methods of which none is a base',
      paths(['grpo', 'ppo'], ['a', 'b'], (run, seed) => `${run}/${seed}.csv`),
    ],
    ['nothing', []],
  ])('are not told of %s', (_, files) => {
    expect(setsOf(files)).toBe(null);
  });
});

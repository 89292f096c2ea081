import { describe, expect, it } from 'vitest';
import { baseAmong, trainedAmong } from '../../src/results/roles.ts';

describe('the base', () => {
  it.each([
    [['qwen-base-grpo', 'qwen-base'], 'qwen-base'],
    [['rl', 'base-instruct', 'Base'], 'Base'],
    [['step 120', 'step 0'], 'step 0'],
    [['my-base', 'step_0'], 'step_0'],
    [['grpo', 'sft'], 'sft'],
    [['qwen-instruct-grpo', 'qwen-instruct'], 'qwen-instruct'],
    [['database', 'baseline', 'rl'], 'database'],
    [['rl/gsm8k', 'base/gsm8k'], 'base/gsm8k'],
    [['step 10', 'step 00'], 'step 10'],
    [['Qwen2.5-7B-GRPO', 'Qwen2.5-7B'], 'Qwen2.5-7B'],
    [['Qwen2.5-7B-Instruct', 'Qwen2.5-7B'], 'Qwen2.5-7B'],
    [['after', 'before'], 'before'],
    [['trained', 'untrained'], 'untrained'],
    [['my-org__Qwen2.5-7B-GRPO', 'Qwen__Qwen2.5-7B'], 'Qwen__Qwen2.5-7B'],
    [['DAPO-Qwen-32B', 'Qwen2.5-32B'], 'Qwen2.5-32B'],
    [['a-Qwen-Instruct-GRPO', 'Qwen'], 'Qwen'],
    [['checkpoint-200', 'checkpoint-0'], 'checkpoint-0'],
  ])('of %j', (names, expected) => {
    expect(names[baseAmong(names).index]).toBe(expected);
  });

  it.each([
    [['base', 'rl'], true],
    [['qwen-grpo', 'qwen'], true],
    // These say nothing of who was trained from whom.
    [['alpha', 'beta'], false],
    [['gsm8k', 'gsm8k (2)'], false],
    [['alpha-base', 'beta-base'], false],
  ])('of %j is told by its name: %j', (names, isNamed) => {
    expect(baseAmong(names).isNamed).toBe(isNamed);
  });

  it('of none', () => expect(baseAmong([]).index).toBe(-1));
});

describe('what is shown first against the base', () => {
  it.each([
    [['step 100', 'step 1000', 'step 500'], 'step 0', 'step 1000'],
    [['ppo/step 900', 'grpo/step 0', 'grpo/step 100'], 'grpo/step 0', 'grpo/step 100'],
    [['ppo/step 900', 'grpo/step 100'], 'step 0', 'ppo/step 900'],
    [['grpo', 'step 900'], 'base', 'grpo'],
    [['me__grpo-900', 'me__grpo-1000'], 'base', 'me__grpo-1000'],
    [['grpo-900', 'ppo-1000'], 'base', 'grpo-900'],
    [['base (2)', 'base_seed1', 'rl'], 'base', 'rl'],
    [['base/seed1', 'rl/seed0'], 'base/seed0', 'rl/seed0'],
    [['base (2)'], 'base', 'base (2)'],
  ])('of %j', (names, base, expected) => {
    expect(names[trainedAmong(names, base)]).toBe(expected);
  });
});

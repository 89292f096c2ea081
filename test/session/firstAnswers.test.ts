import { expect, it } from 'vitest';
import { loadStart } from '../../src/cli/base.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { DEFAULT_SETTINGS } from '../../src/run/settings.ts';
import { secondsOfAnswers } from '../../src/session/firstAnswers.ts';

const engine = await createWasmEngine();
const start = await loadStart(DEFAULT_SETTINGS, engine);
const whole = await engine.createPolicy(start.shape, start.parameters);

/** What is said where so many answers of a group take so many milliseconds each, but for the first time: that takes a minute. */
async function saidOf(prompts: number, groupSize: number, ms: number) {
  let now = 0;
  const drawn: number[] = [];
  const policy: Policy = {
    ...whole,
    async sample(request) {
      const rollouts = await whole.sample(request);
      now += drawn.length === 0 ? 60_000 : ms * rollouts.lengths.length;
      drawn.push(rollouts.lengths.length);
      return rollouts;
    },
  };
  const settings = { ...DEFAULT_SETTINGS, prompts, groupSize };
  return { seconds: await secondsOfAnswers(policy, start, settings, () => now), drawn };
}

it('is as many times the seconds of 512 answers as there are more', async () => {
  // 512 · 256 answers of half a millisecond.
  const { seconds, drawn } = await saidOf(512, 256, 0.5);
  expect(seconds).toBeCloseTo(65.536, 9);
  expect(drawn).toEqual([512, 512]);
  // Groups of 100 do not divide 512: six of them are drawn.
  const other = await saidOf(500, 100, 0.5);
  expect(other.drawn).toEqual([600, 600]);
  expect(other.seconds).toBeCloseTo(25, 9);
});

it('is not said, nor looked at, where it is short', async () => {
  expect((await saidOf(512, 256, 0.05)).seconds).toBe(null);
  expect(await saidOf(16, 8, 1000)).toEqual({ seconds: null, drawn: [] });
});

import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../src/experiments/train.ts';
import { createCheckpoints } from '../../src/session/checkpoints.ts';

/** Three arrays of two float32 numbers: 24 bytes. */
function checkpoint(step: number): Checkpoint {
  const two = () => new Float32Array(2);
  const snapshot = { parameters: two(), firstMoment: two(), secondMoment: two(), updates: step };
  return { step, snapshot, baseP: [], solved: [] };
}

function after(steps: number, mostBytes?: number) {
  const kept = createCheckpoints(mostBytes);
  for (let step = 0; step <= steps; step++)
    if (kept.wants(step) || step === steps) kept.add(checkpoint(step));
  return kept;
}

describe('the checkpoints of a run', () => {
  it('are of the whole numbers nearest to 2^(i / 4)', () => {
    // The slow twin: every power, rounded, once.
    const powers = Array.from({ length: 60 }, (_, i) => Math.round(2 ** (i / 4)));
    const expected = [0, ...new Set(powers.filter((step) => step <= 10_000))];
    expect(after(9999).steps()).toEqual([...expected, 9999]);
    expect(expected.slice(0, 14)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 13, 16, 19]);
  });

  it('are 30 after 300 steps and 51 after 10,000', () => {
    expect([after(300), after(10_000)].map((kept) => kept.steps().length)).toEqual([30, 51]);
  });

  it('stay within their bytes, with the first and the latest among them', () => {
    for (const most of [72, 240, 600]) {
      const kept = after(10_000, most);
      expect(kept.bytes()).toBeLessThanOrEqual(most);
      expect(kept.bytes()).toBe(24 * kept.steps().length);
      expect([kept.steps()[0], kept.steps().at(-1)]).toEqual([0, 10_000]);
    }
    // Room for ten: every eighth of the powers of 2^(1/4), the powers of four, are seven, and every fourth 14.
    expect(after(10_000, 240).steps()).toEqual([0, 1, 4, 16, 64, 256, 1024, 4096, 10_000]);
  });

  it('are found by their exact step, and taken along to a branch', () => {
    const kept = after(100);
    expect(kept.of(91)?.snapshot.updates).toBe(91);
    expect(kept.of(92)).toBe(null);
    const branch = kept.upTo(8);
    expect(branch.steps()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect([branch.wants(8), branch.wants(9), branch.wants(10)]).toEqual([false, false, true]);
    branch.add(checkpoint(10));
    expect(kept.steps()).not.toEqual(branch.steps());
  });

  it('drop a latest one that is between the powers when a later one comes', () => {
    const kept = after(12);
    expect(kept.steps().slice(-2)).toEqual([11, 12]);
    kept.add(checkpoint(13));
    expect(kept.steps().slice(-2)).toEqual([11, 13]);
  });
});

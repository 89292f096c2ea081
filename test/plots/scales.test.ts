import { describe, expect, it } from 'vitest';
import { scaleOf, type ScaleKind } from '../../src/plots/scales.ts';

describe('the logit scale', () => {
  const scale = scaleOf({ kind: 'logit', domain: [0.001, 0.999] }, [100, 300]);

  it('puts even odds in the middle and equal odds equally far from it', () => {
    expect(scale(0.001)).toBeCloseTo(100, 9);
    expect(scale(0.5)).toBeCloseTo(200, 9);
    expect(scale(0.999)).toBeCloseTo(300, 9);
    // logit 0.9 = log 9 = 2.197, logit 0.999 = log 999 = 6.907: 200 + 100 · 2.197 / 6.907 = 231.81
    expect(scale(0.9)).toBeCloseTo(231.81, 2);
    expect(scale(0.1) - 100).toBeCloseTo(300 - scale(0.9), 9);
  });

  it('has ticks inside its domain, fewer where there is little room', () => {
    expect(scale.ticks(3)).toEqual([0.001, 0.1, 0.9, 0.999]);
    const narrow = scaleOf({ kind: 'logit', domain: [0.01, 0.99] }, [0, 1]);
    expect(narrow.ticks(9)).toEqual([0.01, 0.1, 0.5, 0.9, 0.99]);
  });
});

describe('a scale', () => {
  const DOMAINS: Record<ScaleKind, [number, number]> = {
    linear: [-2, 6],
    log2: [1, 1024],
    log10: [1e-5, 1e6],
    logit: [0.001, 0.999],
  };
  const KINDS = Object.keys(DOMAINS) as ScaleKind[];

  it.each(KINDS)('is undone by its inverse, which never leaves the axis: %s', (kind) => {
    // From the bottom up, as a y axis goes.
    const scale = scaleOf({ kind, domain: DOMAINS[kind] }, [200, 40]);
    for (const place of [200, 163, 99.5, 40])
      expect(scale(scale.invert(place))).toBeCloseTo(place, 9);
    const [low, high] = DOMAINS[kind];
    expect(scale.invert(1000)).toBeCloseTo(low, 9);
    expect(scale.invert(-1000) / high).toBeCloseTo(1, 9);
  });

  it.each(KINDS)(
    'has a place at an end for whatever lies beyond it, and for no number: %s',
    (kind) => {
      const scale = scaleOf({ kind, domain: DOMAINS[kind] }, [200, 40]);
      expect(scale.clamped(-Infinity)).toBeCloseTo(200, 9);
      expect(scale.clamped(DOMAINS[kind][0] / 2 - 2)).toBeCloseTo(200, 9);
      expect(scale.clamped(1e9)).toBeCloseTo(40, 9);
      expect(scale.clamped(NaN)).toBeCloseTo(200, 9);
      const [low, high] = DOMAINS[kind];
      const between = low + (high - low) / 3;
      expect(scale.clamped(between)).toBeCloseTo(scale(between), 9);
    },
  );

  it('has round numbers as ticks where it is linear', () => {
    expect(scaleOf({ domain: [0, 1] }, [0, 100]).ticks(5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });
});

describe('powers as ticks', () => {
  const ticks = (base: 2 | 10, domain: [number, number], most: number): number[] =>
    scaleOf({ kind: `log${base}`, domain }, [0, 1]).ticks(most);

  it('are all within the domain where there is room', () => {
    expect(ticks(2, [1, 16], 10)).toEqual([1, 2, 4, 8, 16]);
    expect(ticks(10, [1e-3, 1], 3)).toEqual([0.001, 0.01, 0.1, 1]);
    expect(ticks(10, [1, 1e6], 6).length).toBe(7);
    expect(ticks(2, [3, 30], 10)).toEqual([4, 8, 16]);
  });

  it('are every second or fourth from the lowest on where there is not', () => {
    expect(ticks(10, [1, 1e6], 5)).toEqual([1, 100, 10_000, 1_000_000]);
    expect(ticks(2, [1, 1024], 4)).toEqual([1, 16, 256]);
    expect(ticks(2, [1, 1024], 0)).toEqual([1]);
  });
});

import { interpolateNumber, interpolateRound } from 'd3';
import { expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { NUMERIC_INTERPOLATORS } from '../../src/build/numericScales.ts';

type Interpolators = Record<
  'interpolate' | 'interpolateNumber' | 'interpolateRound',
  (a: number, b: number) => (t: number) => number
>;

it('the interpolators of the build are those of d3, on numbers', async () => {
  const module = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(NUMERIC_INTERPOLATORS)}`
  )) as Interpolators;
  const random = uniformSequence({ seed: 1, stream: 98, step: 0 });
  for (let n = 0; n < 1000; n++) {
    const [a, b, t] = [random() * 1000 - 500, random() * 1000 - 500, random() * 3 - 1] as const;
    expect(module.interpolateNumber(a, b)(t)).toBe(interpolateNumber(a, b)(t));
    expect(module.interpolate(a, b)(t)).toBe(interpolateNumber(a, b)(t));
    expect(module.interpolateRound(a, b)(t)).toBe(interpolateRound(a, b)(t));
  }
});

import { expect, test } from 'vitest';
import { compile } from '../../src/build/compileKernels.mjs';
import { uniformAt, uniformSequence } from '../../src/core/random.ts';

/** What the kernels keep to themselves. */
const PROBE = `
  import { exp4, log1 } from './kernels/elementary';
  import { uniform } from './kernels/random';
  export function exp(x: f32): f32 { return f32x4.extract_lane(exp4(f32x4.splat(x)), 2); }
  export function log(x: f32): f32 { return log1(x); }
  export function expOfBits(bits: u32): f32 { return exp(reinterpret<f32>(bits)); }
  export function draw(seed: u32, stream: u32, step: u32, n: u32): f32 { return uniform(seed, stream, step, n); }
`;
const bytes = await compile('probe.ts', { 'probe.ts': PROBE });
const memory = new WebAssembly.Memory({ initial: 1 });
const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
const probe = instance.exports as unknown as {
  exp(x: number): number;
  log(x: number): number;
  expOfBits(bits: number): number;
  draw(seed: number, stream: number, step: number, n: number): number;
};

/** The distance of a float32 from a result in units in its last place. */
function ulps(found: number, exact: number): number {
  const unit = 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(exact)))) - 23);
  return Math.abs(found - exact) / unit;
}

test('e to the x is within 1 ulp over its range, and what its docstring says beyond', () => {
  const random = uniformSequence({ seed: 1, stream: 0, step: 0 });
  let worst = 0;
  for (let i = 0; i < 200_000; i++) {
    const x = Math.fround(174 * random() - 86.5);
    worst = Math.max(worst, ulps(probe.exp(x), Math.exp(x)));
  }
  expect(worst).toBeLessThan(1);
  // Not vacuous: it is not rounded correctly either.
  expect(worst).toBeGreaterThan(0.5);
  expect([0, -0].map(probe.exp)).toEqual([1, 1]);
  expect([-88, -1e30, -Infinity].map(probe.exp)).toEqual([0, 0, 0]);
  expect(ulps(probe.exp(1e30), Math.exp(88))).toBeLessThan(1);
});

test('NaN stays NaN, whatever its bits', () => {
  for (const bits of [0x7fc00000, 0x7fc00001, 0x7fc000ff, 0x7fffffff, 0xffc00001])
    expect(probe.expOfBits(bits)).toBeNaN();
  expect(probe.log(NaN)).toBeNaN();
});

test('the logarithm is rounded correctly but for a hair', () => {
  const random = uniformSequence({ seed: 2, stream: 0, step: 0 });
  let worst = 0;
  for (let i = 0; i < 200_000; i++) {
    const x = Math.fround(Math.exp(170 * random() - 85));
    worst = Math.max(worst, ulps(probe.log(x), Math.log(x)));
  }
  expect(worst).toBeLessThan(0.51);
  expect(probe.log(1)).toBe(0);
});

test('uniform numbers are those of every engine', () => {
  const random = uniformSequence({ seed: 3, stream: 0, step: 0 });
  const word = () => Math.floor(random() * 2 ** 32);
  for (let i = 0; i < 5000; i++) {
    const [seed, stream, step, n] = [word(), word(), word(), word()];
    expect(probe.draw(seed, stream, step, n)).toBe(uniformAt({ seed, stream, step }, n));
  }
});

import { expect, test } from 'vitest';
import { shuffled } from '../../src/core/draws.ts';
import {
  bitsToUniform,
  normalSequence,
  randomBits,
  uniformAt,
  uniformSequence,
} from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';

/** pcg4d as printed in Jarzynski & Olano 2020, listing of appendix A, in exact arithmetic modulo 2³². */
function pcg4d(input: readonly number[]): bigint[] {
  const word = (value: bigint): bigint => BigInt.asUintN(32, value);
  let v = input.map((value) => word(BigInt(value) * 1664525n + 1013904223n));
  const mix = (): void => {
    v[0] = word(v[0]! + v[1]! * v[3]!);
    v[1] = word(v[1]! + v[2]! * v[0]!);
    v[2] = word(v[2]! + v[0]! * v[1]!);
    v[3] = word(v[3]! + v[1]! * v[2]!);
  };
  mix();
  v = v.map((value) => value ^ (value >> 16n));
  mix();
  return v;
}

test('randomBits is the first word of pcg4d', () => {
  const extremes = [0, 1, 2, 0x7fffffff, 0x80000000, 0xffffffff];
  for (const seed of extremes)
    for (const stream of [0, 5, 0xffffffff])
      for (const major of extremes)
        for (const minor of [0, 7, 0x9e3779b9])
          expect(BigInt(randomBits(seed, stream, major, minor))).toBe(
            pcg4d([seed, stream, major, minor])[0],
          );
});

test('uniforms lie in the open interval and are exact in float32', () => {
  expect(bitsToUniform(0)).toBe(2 ** -24);
  expect(bitsToUniform(0xffffffff)).toBe(1 - 2 ** -24);
  for (let i = 0; i < 1000; i++) {
    const u = uniformAt({ seed: 1, stream: 2, step: 3 }, i);
    expect(Math.fround(u)).toBe(u);
    expect(u > 0 && u < 1).toBe(true);
  }
});

test('uniforms have mean 1/2, variance 1/12 and no correlation along any argument', () => {
  const n = 20_000;
  const standardError = 1 / Math.sqrt(n);
  const axes: ((i: number) => number)[] = [
    (i) => uniformAt({ seed: 1, stream: 5, step: 0 }, i),
    (i) => uniformAt({ seed: 1, stream: 5, step: i }, 0),
    (i) => uniformAt({ seed: i, stream: 5, step: 0 }, 0),
  ];
  for (const axis of axes) {
    const u = Array.from({ length: n }, (_, i) => axis(i) - 0.5);
    // Var u = 1/12; Var u² = 1/180; Var u_i u_{i+1} = 1/144, all for u uniform on (−½, ½).
    expect(Math.abs(mean(u))).toBeLessThan(4 * Math.sqrt(1 / 12) * standardError);
    const squares = u.map((value) => value * value);
    expect(Math.abs(mean(squares) - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180) * standardError);
    const neighbours = u.slice(1).map((value, i) => value * u[i]!);
    expect(Math.abs(mean(neighbours))).toBeLessThan(4 * Math.sqrt(1 / 144) * standardError);
  }
});

test('normals have the first four moments 0, 1, 0, 3', () => {
  const n = 20_000;
  const normal = normalSequence({ seed: 8, stream: 1, step: 0 });
  const z = Array.from({ length: n }, normal);
  // Var z^k = E z^2k − (E z^k)²: 1, 2, 15, 96.
  [0, 1, 0, 3].forEach((moment, i) => {
    const variance = [1, 2, 15, 96][i]!;
    expect(Math.abs(mean(z.map((value) => value ** (i + 1))) - moment)).toBeLessThan(
      4 * Math.sqrt(variance / n),
    );
  });
});

test('every order of three items is equally likely', () => {
  const n = 6000;
  const random = uniformSequence({ seed: 2, stream: 2, step: 0 });
  const counts = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const order = shuffled(['a', 'b', 'c'], random).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values())
    expect(Math.abs(count - n / 6)).toBeLessThan(4 * Math.sqrt((n / 6) * (5 / 6)));
});

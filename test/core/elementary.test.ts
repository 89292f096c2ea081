import { expect, test } from 'vitest';
import { cosineOfTurn, exp, expm1, log, log1p, power, powerOf } from '../../src/core/elementary.ts';
import { uniformSequence } from '../../src/core/random.ts';
import {
  exactCosine,
  exactExp,
  exactExpm1,
  exactLog,
  exactLogOf,
  fixed,
  LN2,
  ONE,
  PI,
  type Real,
  real,
  times,
  ulps,
} from './exactReals.ts';
import { ELEMENTARY_BITS, elementaryBits } from './elementaryBits.ts';

const random = uniformSequence({ seed: 11, stream: 0, step: 0 });
const fine = (): number => random() + random() * 2 ** -24 + random() * 2 ** -48;
const between = (low: number, high: number): number => low + (high - low) * fine();
const sign = (): number => (random() < 0.5 ? -1 : 1);
/** Any size between two powers of two, all exponents equally likely. */
const ofSize = (low: number, high: number): number =>
  (1 + fine()) * 2 ** Math.floor(between(low, high));
const many = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);

function worst(
  xs: readonly number[],
  f: (x: number) => number,
  exact: (x: number) => Real,
): number {
  return xs.reduce((most, x) => {
    const error = ulps(f(x), exact(x));
    return error <= most ? most : error; // NaN too
  }, 0);
}

/** Inputs of each kind. The errors that the functions claim were measured with 100 000. */
const N = 1500;

test('the twin knows what is known', () => {
  expect(Number(PI) / Number(ONE)).toBe(Math.PI);
  expect(Number(LN2) / Number(ONE)).toBe(Math.LN2);
  expect(Number(exactExp(ONE).mantissa) / Number(ONE)).toBe(Math.E / 2);
  expect(Number(exactLogOf(10)) / Number(ONE)).toBe(Math.LN10);
  // cos 60° = ½: a sixth of a turn in float64 is 2⁻⁵⁵/3 less.
  expect(Number(exactCosine(1 / 6)) / Number(ONE)).toBeCloseTo(0.5, 15);
  expect(ulps(1, { mantissa: ONE + (ONE >> 53n), e: 0 })).toBe(0.5);
  expect(ulps(2 ** -1074, { mantissa: ONE + (ONE >> 2n), e: -1074 })).toBe(0.25);
});

test('exp: within 0.52 ulp, 0.76 among the subnormal', () => {
  const xs = [
    ...many(N, () => between(-708, 709.78)),
    ...many(N, () => between(-30, 0)),
    ...many(N, () => sign() * ofSize(-60, 3)),
  ];
  expect(worst(xs, exp, (x) => exactExp(fixed(x)))).toBeLessThan(0.52);
  const low = many(N, () => between(-745, -708));
  expect(worst(low, exp, (x) => exactExp(fixed(x)))).toBeLessThan(0.76);
});

test('expm1: within 0.65 ulp', () => {
  const xs = [
    ...many(N, () => between(-45, 45)),
    ...many(N, () => between(-2, 2)),
    ...many(N, () => between(-0.04, 0.04)),
    ...many(N, () => sign() * ofSize(-100, 3)),
  ];
  expect(worst(xs, expm1, (x) => exactExpm1(fixed(x)))).toBeLessThan(0.65);
});

test('log: within 0.52 ulp', () => {
  const xs = [
    ...many(N, () => between(0, 1)),
    ...many(N, () => between(0.65, 1.45)),
    ...many(N, () => 1 + sign() * ofSize(-50, -4)),
    ...many(N, () => ofSize(-1074, 1023)),
  ];
  expect(worst(xs, log, (x) => real(exactLogOf(x)))).toBeLessThan(0.52);
});

test('log1p: within 0.52 ulp', () => {
  const xs = [
    ...many(N, () => between(-1, 0)),
    ...many(N, () => between(-0.3, 0.4)),
    ...many(N, () => sign() * ofSize(-100, -1)),
    ...many(N, () => ofSize(-5, 200)),
  ];
  expect(worst(xs, log1p, (x) => real(exactLog(ONE + fixed(x))))).toBeLessThan(0.52);
});

test('power: within 0.55 ulp, 0.76 among the subnormal', () => {
  const bases = [
    ...many(N, () => between(0, 20)),
    ...many(N, () => 1 + sign() * ofSize(-40, -4)),
    ...many(N, () => ofSize(-1074, 1023)),
  ];
  let most = 0;
  let mostOfSubnormal = 0;
  for (const base of bases) {
    const logBase = exactLogOf(base);
    // Whatever the base, exponents that take it anywhere between the least and the largest number.
    const reach = 708 / Math.abs(Number(logBase >> 256n) / 2 ** 64);
    for (const exponent of [between(-reach, reach), between(-1, 1) * Math.min(3, reach)]) {
      const error = ulps(power(base, exponent), exactExp(times(fixed(exponent), logBase)));
      if (!(error <= most)) most = error;
    }
    const low = (between(-745, -708) / 708) * reach * (logBase > 0n ? 1 : -1);
    const error = ulps(power(base, low), exactExp(times(fixed(low), logBase)));
    if (!(error <= mostOfSubnormal)) mostOfSubnormal = error;
  }
  expect(most).toBeLessThan(0.55);
  expect(mostOfSubnormal).toBeLessThan(0.76);
});

test('cosineOfTurn: within 0.9 ulp', () => {
  const xs = [
    ...many(N, random),
    ...many(N, fine),
    ...many(N, () => sign() * ofSize(-30, 3)),
    ...many(N, () => 0.25 + sign() * ofSize(-50, -4)),
  ];
  expect(worst(xs, cosineOfTurn, (x) => real(exactCosine(x)))).toBeLessThan(0.9);
});

test('exact where a float64 can be', () => {
  expect([exp(0), exp(-0), log(1), power(7, 0), power(1, 1e300)]).toEqual([1, 1, 0, 1, 1]);
  for (const zero of [0, -0]) {
    expect(expm1(zero)).toBe(zero);
    expect(log1p(zero)).toBe(zero);
  }
  for (let e = -1074; e < 1024; e++) expect(power(2, e)).toBe(2 ** e);
  for (let n = 0; n <= 22; n++)
    expect([power(10, n), powerOf(10, n)]).toEqual([+`1e${n}`, +`1e${n}`]);
  expect([power(2.25, 1.5), power(1 / 16, -0.75)]).toEqual([3.375, 8]);
  expect([0, 0.25, 0.5, 0.75, 1].map(cosineOfTurn)).toEqual([1, 0, -1, 0, 1]);
  // The quarter turns next to a whole one, and the least number.
  expect([cosineOfTurn(-0.25), cosineOfTurn(1e6 + 0.5), cosineOfTurn(5e-324)]).toEqual([0, -1, 1]);
});

test('the ends of the range', () => {
  expect([exp(-Infinity), exp(Infinity), exp(-745.2), exp(709.79)]).toEqual([
    0,
    Infinity,
    0,
    Infinity,
  ]);
  expect(exp(-745.1)).toBe(5e-324);
  expect(ulps(exp(709.782712893384), exactExp(fixed(709.782712893384)))).toBeLessThan(0.52);
  expect([exp(1e308), exp(-1e308)]).toEqual([Infinity, 0]);
  expect([expm1(-Infinity), expm1(Infinity), expm1(-40), expm1(710)]).toEqual([
    -1,
    Infinity,
    -1,
    Infinity,
  ]);
  expect([expm1(5e-324), log1p(5e-324), log1p(-5e-324)]).toEqual([5e-324, 5e-324, -5e-324]);
  expect([log(0), log(-0), log(Infinity), log1p(-1), log1p(Infinity)]).toEqual([
    ...[-Infinity, -Infinity, Infinity, -Infinity, Infinity],
  ]);
  // 1074 ln 2, and 1024 ln 2 less 2⁻⁵³.
  expect([log(5e-324), log(Number.MAX_VALUE), log1p(Number.MAX_VALUE)]).toEqual([
    ...[-744.4400719213812, 709.782712893384, 709.782712893384],
  ]);
});

test('Node has the bits that a browser has', () => {
  expect(elementaryBits()).toEqual(ELEMENTARY_BITS);
});

test('no number gives no number', () => {
  for (const f of [exp, expm1, log, log1p, cosineOfTurn]) expect(f(NaN)).toBeNaN();
  for (const x of [-5e-324, -1, -Infinity]) expect(log(x)).toBeNaN();
  for (const x of [-1.0000000000000002, -2, -Infinity]) expect(log1p(x)).toBeNaN();
  for (const x of [Infinity, -Infinity]) expect(cosineOfTurn(x)).toBeNaN();
  for (const [base, exponent] of [
    ...[
      [-1, 0.5],
      [NaN, 1],
      [2, NaN],
      [0, NaN],
      [Infinity, NaN],
      [1, Infinity],
    ],
  ] as const)
    expect(power(base!, exponent!), `${base} ^ ${exponent}`).toBeNaN();
});

test('power at 0 and ∞ as ECMAScript has it', () => {
  const numbers = [0, 5e-324, 0.5, 2, Number.MAX_VALUE, Infinity];
  for (const base of numbers)
    for (const exponent of [0, -0, 1, -1, 0.5, -2, 1e300, -1e300, Infinity, -Infinity])
      expect(power(base, exponent), `${base} ^ ${exponent}`).toBeCloseTo(base ** exponent, 15);
});

test('powerOf: relative error within |n| · 2⁻⁵³', () => {
  for (const base of many(200, () => between(0.5, 1.5)))
    for (const n of [1, 2, 3, 7, 64, 255, 1000, -5]) {
      const { mantissa, e } = exactExp(BigInt(n) * exactLogOf(base));
      const ratio = powerOf(base, n) / 2 ** e / (Number(mantissa) / Number(ONE));
      expect(Math.abs(ratio - 1), `${base} ^ ${n}`).toBeLessThan((Math.abs(n) + 3) * 2 ** -53);
    }
  expect([powerOf(0, 0), powerOf(-2, 3), powerOf(-2, -2), powerOf(0, -1)]).toEqual([
    1,
    -8,
    0.25,
    Infinity,
  ]);
  expect(() => powerOf(2, 0.5)).toThrow('the exponent is 0.5, expected a whole number');
});

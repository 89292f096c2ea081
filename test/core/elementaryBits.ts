import { cosineOfTurn, exp, expm1, log, log1p, power, powerOf } from '../../src/core/elementary.ts';
import { normalSequence, uniformSequence } from '../../src/core/random.ts';

/** FNV-1a over the bytes of numbers; of little-endian machines, which all that browsers run on are. */
function hashOf(numbers: readonly number[]): string {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(Float64Array.from(numbers).buffer))
    hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16);
}

/**
 * What {@link elementaryBits} is on every machine. Of the same inputs Math.pow and Math.cos differ between Node 20 and
 * Chromium 143, and Math.cos again in Firefox 153.
 */
export const ELEMENTARY_BITS = {
  exp: 'f29b9551',
  expm1: '190cc2d9',
  log: '9b8251f3',
  log1p: 'ca649033',
  power: '5b81c0bd',
  cosineOfTurn: 'fff04c91',
  normal: '7631109c',
};

/** A hash over the bits of each function at 20,000 places. */
export function elementaryBits(): typeof ELEMENTARY_BITS {
  const key = { seed: 3, stream: 0, step: 0 };
  const bits = (f: (u: number, v: number) => number): string => {
    const random = uniformSequence(key);
    return hashOf(Array.from({ length: 20_000 }, () => f(random(), random())));
  };
  return {
    exp: bits((u) => exp(1460 * u - 748)),
    expm1: bits((u, v) => expm1((u - 0.5) * powerOf(0.1, Math.floor(20 * v) - 2))),
    log: bits((u, v) => log(u * powerOf(10, Math.floor(600 * v) - 300))),
    log1p: bits((u, v) => log1p((u - 0.5) * powerOf(0.1, Math.floor(20 * v)))),
    power: bits((u, v) => power(20 * u, 100 * v - 50)),
    cosineOfTurn: bits((u, v) => cosineOfTurn(u + v)),
    normal: hashOf(Array.from({ length: 20_000 }, normalSequence(key))),
  };
}

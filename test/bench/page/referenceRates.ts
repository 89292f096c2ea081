import { multiplyAdd, rowMajor } from '../../../src/policy/reference/matrix.ts';
import type { Rates } from '../protocol.ts';
import { ratesOf } from './rate.ts';

const SIZE = 512;
const FLOATS = 2 ** 24;

/** The speed of the reference engine's own matrix product, and of copying a typed array. */
export function referenceRates(): Promise<Rates> {
  const view = () => rowMajor(new Float32Array(SIZE * SIZE).fill(0.5), 0, SIZE);
  const [a, b, c] = [view(), view(), view()];
  const from = new Float32Array(FLOATS).fill(0.5);
  const to = new Float32Array(FLOATS);
  return ratesOf(
    SIZE,
    () => multiplyAdd(c, a, b, SIZE, SIZE, SIZE),
    FLOATS,
    () => to.set(from),
  );
}

import type { Rates } from '../protocol.ts';

/** The least seconds of five calls after one that is not counted: what the machine can do when left alone. */
async function seconds(work: () => void | Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 6; i++) {
    const started = performance.now();
    await work();
    if (i > 0) times.push((performance.now() - started) / 1000);
  }
  return Math.min(...times);
}

/** Rates from a product of two matrices [size, size], 2·size³ operations, and a copy of so many float32 numbers. */
export async function ratesOf(
  size: number,
  multiply: () => void | Promise<void>,
  floats: number,
  copy: () => void | Promise<void>,
): Promise<Rates> {
  return {
    flopsPerSecond: (2 * size ** 3) / (await seconds(multiply)),
    bytesPerSecond: (2 * 4 * floats) / (await seconds(copy)),
  };
}

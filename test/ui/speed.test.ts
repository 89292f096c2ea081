import { expect, it } from 'vitest';
import { createSpeed } from '../../src/ui/speed.ts';

it('is the rows a second over the last twenty, where time has passed', () => {
  let now = 0;
  const speed = createSpeed(() => now);
  expect(speed.arrive()).toBe(null);
  expect(speed.arrive()).toBe(null);
  now = 500;
  // Two more rows in half a second.
  expect(speed.arrive()).toBe(4);
  for (let n = 0; n < 20; n++) {
    now += 100;
    speed.arrive();
  }
  now += 100;
  expect(speed.arrive()).toBeCloseTo(10);
  speed.forget();
  expect(speed.arrive()).toBe(null);
});

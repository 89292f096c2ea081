import { expect, it } from 'vitest';
import { createSpeed, speedText } from '../../src/ui/state/pace.svelte.ts';

it('is the rows a second over the last two seconds, where time has passed', () => {
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

it('follows a run that is slowed down within two seconds, and one slower than that by its last step', () => {
  let now = 0;
  const speed = createSpeed(() => now);
  for (let n = 0; n < 300; n++) {
    now += 10;
    speed.arrive();
  }
  for (let n = 0; n < 2; n++) {
    now += 1000;
    speed.arrive();
  }
  now += 1000;
  expect(speed.arrive()).toBe(1);
  now += 4000;
  expect(speed.arrive()).toBe(0.25);
});

it('is said with two digits, and without an exponent', () => {
  expect([0.5, 5, 61.4, 99.4, 99.6, 428.2].map(speedText)).toEqual([
    '0.50',
    '5.0',
    '61',
    '99',
    '100',
    '428',
  ]);
});

import { expect, it } from 'vitest';
import { steadyClock } from '../../src/core/steadyClock.ts';

it('goes on by what passes between readings, and by nothing where these go back', () => {
  const readings = [1000, 1250, -3_600_000, -3_599_900, 500];
  const now = steadyClock(() => readings.shift()!);
  // 250 ms, then back by an hour, 100 ms, and an hour and half a second ahead.
  expect([now(), now(), now(), now()]).toEqual([250, 250, 350, 3_600_750]);
});

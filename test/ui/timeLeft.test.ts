import { expect, it } from 'vitest';
import { withTime } from '../../src/ui/timeLeft.ts';

it.each([
  [undefined, 'evaluating'],
  [0, 'about 5 s left: evaluating'],
  [11, 'about 15 s left: evaluating'],
  [55, 'about 55 s left: evaluating'],
  [56, 'about 1 min left: evaluating'],
  [200, 'about 3 min left: evaluating'],
  [5300, 'about 88 min left: evaluating'],
  [5400, 'about 1.5 h left: evaluating'],
])('says of %s seconds: %s', (secondsLeft, said) => {
  const progress = { label: 'evaluating', done: 1, total: 2 };
  expect(
    withTime({ ...progress, ...(secondsLeft === undefined ? {} : { secondsLeft }) }, 'evaluating'),
  ).toBe(said);
});

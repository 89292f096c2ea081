import { expect, it } from 'vitest';
import { nextSpeed, SPEEDS } from '../../../src/ui/state/pace.svelte.ts';

it('go from one every two seconds to as fast as it goes, and stop at both ends', () => {
  const ways = { faster: 0.5, slower: null } as const;
  for (const [to, from] of Object.entries(ways) as ['faster' | 'slower', number | null][]) {
    const passed = [from];
    for (let n = 0; n < SPEEDS.length + 1; n++) passed.push(nextSpeed(passed.at(-1)!, to));
    const expected = to === 'faster' ? [...SPEEDS] : SPEEDS.toReversed();
    expect(passed.slice(0, SPEEDS.length)).toEqual(expected);
    expect(passed.slice(SPEEDS.length)).toEqual([expected.at(-1), expected.at(-1)]);
  }
});

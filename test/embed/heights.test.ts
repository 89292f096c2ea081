import { expect, it } from 'vitest';
import { heightOf } from '../../src/embed/heights.ts';

it('the height of an embed is that of its highest figure, and of none that is no figure', () => {
  expect(heightOf([])).toBe(520);
  expect(heightOf(['passk', ' weight '])).toBe(680);
  for (const name of ['constructor', 'toString', '__proto__', ''])
    expect(heightOf([name])).toBe(520);
});

import { expect, it } from 'vitest';
import { plainCell } from '../../src/plots/save/plainCell.ts';

it('leaves no formula to a spreadsheet, and numbers as they are', () => {
  const formulas = ['=1+1', '@a', '-2+3', '+cmd|x', '-', '\t=1', '-1.'];
  expect(formulas.map(plainCell)).toEqual(formulas.map((text) => `'${text}`));
  const plain = ['-0.6000', '+98.4', '7', '-.5', '-1e-7', 'a=b', '−3.2', '', '–'];
  expect(plain.map(plainCell)).toEqual(plain);
});

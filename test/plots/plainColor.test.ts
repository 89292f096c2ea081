import { describe, expect, it } from 'vitest';
import { plainColor } from '../../src/plots/save/plainColor.ts';

describe('a colour in a saved figure', () => {
  it('of a mixture is its sRGB', () => {
    expect(plainColor('color(srgb 1 0.5 0)')).toBe('rgb(255, 128, 0)');
    expect(plainColor('color(srgb 0.2 0.4 0.6 / 0.25)')).toBe('rgba(51, 102, 153, 0.25)');
  });

  // Ottosson 2020: white is (1, 0, 0), and sRGB red (0.62796, 0.22486, 0.12585).
  it('of an Oklab mixture is its sRGB too', () => {
    expect(plainColor('oklab(1 0 0)')).toBe('rgb(255, 255, 255)');
    expect(plainColor('oklab(0 0 0)')).toBe('rgb(0, 0, 0)');
    expect(plainColor('oklab(0.62796 0.22486 0.12585)')).toBe('rgb(255, 0, 0)');
    // Of sRGB blue, (0.45201, −0.03246, −0.31153).
    expect(plainColor('oklab(0.45201 -0.03246 -0.31153 / 0.5)')).toBe('rgba(0, 0, 255, 0.5)');
  });

  it('of any other kind stays', () => {
    for (const color of ['rgb(1, 2, 3)', 'none', 'url("#a")', 'oklab(none 0 0)'])
      expect(plainColor(color)).toBe(color);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../src/ui/theme.css', import.meta.url), 'utf8');
type Color = [number, number, number];

/** A variable of the theme in its light and its dark form, as linear RGB. */
function variable(name: string): Record<'light' | 'dark', Color> {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\(#(\\w{6}), #(\\w{6})\\)`).exec(css)!;
  const linear = (hex: string): Color =>
    [0, 2, 4].map((at) => {
      const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    }) as Color;
  return { light: linear(light!), dark: linear(dark!) };
}

const times = (matrix: readonly Color[], color: Color): Color =>
  matrix.map((row) => row.reduce((sum, weight, i) => sum + weight * color[i]!, 0)) as Color;

/** What dichromats see, in linear RGB. Source: Machado, Oliveira & Fernandes 2009, severity 1. */
const VISION: Record<string, Color[]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Source: Ottosson 2020, "A perceptual color space for image processing". */
function oklab(color: Color): Color {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    color,
  ).map(Math.cbrt) as Color;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}

const luminance = ([r, g, b]: Color): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
function contrast(a: Color, b: Color): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}
const seen = (color: Color, matrix: Color[]): Color =>
  oklab(times(matrix, color).map((value) => Math.min(1, Math.max(0, value))) as Color);

/** The least distance of two colours over all kinds of vision, in OKLab. */
const distance = (a: Color, b: Color): number =>
  Math.min(
    ...Object.values(VISION).map((matrix) => {
      const [x, y] = [seen(a, matrix), seen(b, matrix)];
      return Math.hypot(...x.map((value, i) => value - y[i]!));
    }),
  );

describe('the colours of a comparison', () => {
  const names = ['base', 'now', 'chance', 'distilled', 'teacher', 'control'].concat(
    [1, 2, 3, 4].map((n) => `other-${n}`),
  );
  const surface = variable('surface');

  it.each(['light', 'dark'] as const)('can be read as text on a %s surface', (mode) => {
    for (const name of names)
      expect(contrast(variable(name)[mode], surface[mode]), name).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['light', 'dark'] as const)('are told apart on it with any colour vision: %s', (mode) => {
    for (const [i, one] of names.entries())
      for (const other of names.slice(0, i))
        expect(
          distance(variable(one)[mode], variable(other)[mode]),
          `${one}, ${other}`,
        ).toBeGreaterThan(0.079);
  });
});

describe('the colours of the page', () => {
  // What is written or drawn in them stands on a card or on the page.
  const names = [
    'ink',
    'ink-soft',
    'accent',
    'good',
    'bad',
    'entropy',
    'k1',
    'k16',
    'k256',
    'k1024',
  ].concat(['base', 'now', 'distilled', 'chance']);
  const grounds = [variable('surface'), variable('page')];

  it.each(['light', 'dark'] as const)('can be read as text in %s', (mode) => {
    for (const name of names)
      for (const ground of grounds)
        expect(contrast(variable(name)[mode], ground[mode]), name).toBeGreaterThanOrEqual(4.5);
    expect(contrast(variable('on-accent')[mode], variable('accent')[mode])).toBeGreaterThanOrEqual(
      4.5,
    );
    expect(contrast(variable('ink')[mode], variable('warn-surface')[mode])).toBeGreaterThanOrEqual(
      4.5,
    );
  });

  it.each(['light', 'dark'] as const)(
    'tell the lines of pass@1, 16, 256 and 1024 apart in %s',
    (mode) => {
      const lines = ['k1', 'k16', 'k256', 'k1024'];
      for (const [i, one] of lines.entries())
        for (const other of lines.slice(0, i))
          expect(
            distance(variable(one)[mode], variable(other)[mode]),
            `${one}, ${other}`,
          ).toBeGreaterThan(0.06);
    },
  );

  it.each(['light', 'dark'] as const)(
    'tell pass@1 over steps from the base, from now and from the entropy below it in %s',
    (mode) => {
      for (const other of ['base', 'now', 'entropy'])
        expect(distance(variable('k1')[mode], variable(other)[mode]), other).toBeGreaterThan(0.06);
    },
  );
});

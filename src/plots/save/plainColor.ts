import { fixed } from './fixed.ts';

/**
 * A colour as every program that reads SVG knows it, `rgb(…)` or `rgba(…)`; browsers give a mixed one as
 * `color(srgb …)` or `oklab(…)`. What is none of these stays as it is.
 */
export function plainColor(color: string): string {
  const [, space, parts, alpha] =
    /^(color\(srgb|oklab\() ?([-\d.e+ ]+?)(?: \/ ([-\d.e+]+))?\)$/.exec(color) ?? [];
  const channels = parts?.trim().split(/ +/).map(Number) ?? [];
  if (channels.length !== 3) return color;
  const [red, green, blue] = (space === 'oklab(' ? srgbOfOklab(channels) : channels).map((part) =>
    Math.round(255 * Math.min(1, Math.max(0, part))),
  );
  return alpha === undefined
    ? `rgb(${red}, ${green}, ${blue})`
    : `rgba(${red}, ${green}, ${blue}, ${fixed(Number(alpha))})`;
}

/**
 * [L, a, b] of Oklab as [red, green, blue] of sRGB from 0 to 1, beyond that where it is out of gamut: l, m, s are cubes of
 * linear mixtures, and the channels linear mixtures of these, encoded by sRGB's transfer function (Ottosson 2020).
 */
function srgbOfOklab([L, a, b]: readonly number[]): number[] {
  const l = (L! + 0.3963377774 * a! + 0.2158037573 * b!) ** 3;
  const m = (L! - 0.1055613458 * a! - 0.0638541728 * b!) ** 3;
  const s = (L! - 0.0894841775 * a! - 1.291485548 * b!) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((linear) => (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055));
}

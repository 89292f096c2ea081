/** Three decimals, such as 0.188. */
export const three = (value: number): string => minus(value.toFixed(3));

/** A whole number as it is, another with three decimals. */
export const share = (value: number): string =>
  Number.isInteger(value) ? String(value) : three(value);

/** What a sum of many terms that cancel leaves over is no number to show. */
const ROUNDING = 1e-12;

/** Three digits, such as 0.0780 or 4.5e−7; 0 for what is only rounding. */
export function small(value: number): string {
  const size = Math.abs(value);
  if (size < ROUNDING) return '0';
  return minus(size < 1e-4 || size >= 1e4 ? value.toExponential(1) : value.toPrecision(3));
}

/** With its sign: +2.018, −0.466, 0. */
export function signed(value: number, format: (value: number) => string = three): string {
  const text = format(Math.abs(value));
  if (Number(text) === 0) return text;
  return (value > 0 ? '+' : '−') + text;
}

const minus = (text: string): string => text.replaceAll('-', '−');

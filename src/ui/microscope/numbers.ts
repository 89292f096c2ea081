/** Three decimals, such as 0.188. */
export const three = (value: number): string => minus(value.toFixed(3));

/** A whole number as it is, another with three decimals. */
export const share = (value: number): string =>
  Number.isInteger(value) ? String(value) : three(value);

/** Three digits, such as 0.0123 or 4.5e-7. */
export function small(value: number): string {
  if (value === 0) return '0';
  return minus(
    Math.abs(value) < 1e-4 ? value.toExponential(1) : String(Number(value.toPrecision(3))),
  );
}

/** With its sign: +2.018, −0.466, 0. */
export function signed(value: number, format: (value: number) => string = three): string {
  if (value === 0) return '0';
  return (value > 0 ? '+' : '−') + format(Math.abs(value));
}

const minus = (text: string): string => text.replaceAll('-', '−');

/** A fixed number of digits, so that the same figure gives the same bytes. */
export const fixed = (value: number): string => String(Number(value.toFixed(2)));

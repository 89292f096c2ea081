import { format } from 'd3-format';

// Not toLocaleString: its first call loads the browser's tables, which held the page for 35 ms (280 ms on a busy machine).

/** A whole number with commas between thousands, such as 27,471. */
export const grouped = format(',d');

const thousands = format('~s');

/** A round number in few characters, such as 10k or 1M, but no milli or micro. */
export const compact = (value: number): string => (value < 1 ? String(value) : thousands(value));

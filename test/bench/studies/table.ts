import { meanInterval } from '../../../src/core/studentT.ts';

/** Mean and half width of the 95 % interval over the seeds. */
export interface Interval {
  mean: number;
  half: number;
}

/** @throws RangeError for fewer than two values. */
export function intervalOf(values: readonly number[]): Interval {
  const { mean, half } = meanInterval(values);
  if (half === null) throw new RangeError(`${values.length} values, expected at least 2`);
  return { mean, half };
}

export function show({ mean, half }: Interval, digits = 3): string {
  return `${mean.toFixed(digits)} ± ${half.toFixed(digits)}`;
}

/** A table of Markdown. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

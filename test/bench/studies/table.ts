import { mean, standardError } from '../../../src/core/statistics.ts';

/** The seeds of every study, chosen before the first run; none is left out. */
export const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** The 97.5 % point of Student's t with 7 degrees of freedom, for 8 seeds. */
const T_QUANTILE = 2.365;

/** Mean and half width of the 95 % interval over the seeds. */
export interface Interval {
  mean: number;
  half: number;
}

/** @throws RangeError unless there is one value a seed. */
export function intervalOf(values: readonly number[]): Interval {
  if (values.length !== SEEDS.length)
    throw new RangeError(`${values.length} values for ${SEEDS.length} seeds`);
  return { mean: mean(values), half: T_QUANTILE * standardError(values) };
}

export function show({ mean, half }: Interval, digits = 3): string {
  return `${mean.toFixed(digits)} ± ${half.toFixed(digits)}`;
}

/** A table of Markdown. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

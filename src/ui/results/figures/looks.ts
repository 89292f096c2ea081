import type { Analysis, Comparison } from '../../../results/analysis.ts';
import { armMarks, BASE_MARK } from '../../studies/armMarks.ts';
import * as TEXT from '../../../messages/resultsFigures.ts';
import { shortNames } from './numbers.ts';

/** How a model looks in all of these figures. */
export interface Look {
  label: string;
  /** At the end of a line. */
  end: string;
  /** In captions: what it is in a comparison, or else its name. */
  role: string;
  color: string;
  dash: string;
}

/** The name of the base: of a lone model its own; null for no models. */
export const baseOf = ({ comparisons, models, unjoined }: Analysis): string | null =>
  comparisons[0]?.base ??
  models.find(({ name }) => !unjoined.includes(name))?.name ??
  models[0]?.name ??
  null;

/** Looks by a model's name. The base has its own, the one that is compared with it that of what training gives. */
export function looksOf(analysis: Analysis, compared: Comparison | null): Map<string, Look> {
  const base = baseOf(analysis);
  const others = analysis.models.map(({ name }) => name).filter((name) => name !== base);
  const first = compared?.trained ?? others[0];
  const marks = armMarks(
    others.map((id) => ({ id, role: id === first ? ('now' as const) : 'other' })),
  );
  const all = analysis.models.map(({ name }) => name);
  const [labels, ends] = [shortNames(all), shortNames(all, 12)];
  return new Map(
    all.map((name, i) => {
      const [label, end] = [labels[i]!, ends[i]!];
      const { color, dash } = marks.get(name) ?? BASE_MARK;
      const role =
        name === compared?.base ? TEXT.base : name === compared?.trained ? TEXT.trained : end;
      return [name, { label, end, role, color, dash }];
    }),
  );
}

import type { Study } from '../../run/studies/study.ts';
import type { LeftOut } from './methods.ts';
import * as TEXT from '../../messages/compare.ts';

/** What is not compared and why, a study at a time: a whole one by its title, else the arms of it; '' for nothing. */
export function leftOutWords(leftOut: readonly LeftOut[], studies: readonly Study[]): string {
  const parts = studies.flatMap(({ name, title, arms }) => {
    const left = leftOut.filter(({ study }) => study === name);
    if (left.length === 0) return [];
    const why = [...new Set(left.map((each) => TEXT[`apart_${each.why}`]))].join('; ');
    const labels = left.map(({ label }) => label).join(', ');
    return left.length === arms.length
      ? TEXT.leftOutStudy({ study: title, why })
      : TEXT.leftOutArms({ arms: labels, study: title, why });
  });
  return parts.length === 0 ? '' : TEXT.leftOut({ list: parts.join('; ') });
}

import type { LeftOut } from '../../run/studies/comparable.ts';
import type { Study } from '../../run/studies/study.ts';
import { say, type Text } from '../../text/words.ts';
import * as TEXT from '../../messages/compare.ts';
import { names } from '../../messages/methodNames.ts';

/**
 * What a method is called where its study is not named beside it: by study and arm, or by study alone with the arm's
 * label in place of {arm}. Where there is none, the arm's own label says enough.
 */
const NAMES: Readonly<Partial<Record<string, Text>>> = names;

/** The name of an arm of a study among the methods of all studies. */
export function methodName(study: string, arm: { id: string; label: string }): string {
  const name = NAMES[`${study} ${arm.id}`] ?? NAMES[study] ?? '{arm}';
  return say(name, { arm: arm.label });
}

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

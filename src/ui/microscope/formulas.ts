import { ADVANTAGES } from '../../rl/advantages.ts';
import type { AlgorithmChoices } from '../../rl/choices.ts';
import { SURROGATES } from '../../rl/surrogates.ts';
import { say } from '../../text/words.ts';
import type { Stage } from './sentences.ts';
import { stages as FORMULAS, symbols } from '../../messages/formulas.ts';

/** What each symbol of a formula means. */
const SYMBOLS: Readonly<Partial<Record<string, string>>> = symbols;

/** The formula of a stage of an update by these choices. */
export const formulaOf = (
  stage: Stage,
  { advantage, surrogate }: Pick<AlgorithmChoices, 'advantage' | 'surrogate'>,
): string =>
  stage === 'advantage'
    ? ADVANTAGES[advantage].formula
    : say(FORMULAS[stage], { token: SURROGATES[surrogate].formula });

/** A part of a formula: plain text, or a symbol with what stands below its line. */
export type FormulaPart =
  { text: string } | { symbol: string; name: string; below: string; meaning: string };

/** Splits a formula at its symbols. @throws RangeError naming a symbol that has no meaning. */
export function partsOf(formula: string): FormulaPart[] {
  return formula.split(/\[([^\]]+)\]/).flatMap((part, i): FormulaPart[] => {
    if (i % 2 === 0) return part === '' ? [] : [{ text: part }];
    const meaning = SYMBOLS[part];
    if (meaning === undefined) throw new RangeError(`the symbol ${part} has no meaning`);
    const [name, below = ''] = part.split('_') as [string, string?];
    return [{ symbol: part, name, below, meaning }];
  });
}

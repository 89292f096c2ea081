import { ADVANTAGES } from '../../rl/advantages.ts';
import type { AlgorithmChoices } from '../../rl/choices.ts';
import { SURROGATES } from '../../rl/surrogates.ts';
import { say } from '../../text/words.ts';
import type { Stage } from './sentences.ts';

/** Formulas of the stages that no algorithm has otherwise; what stands in brackets is a symbol that {@link SYMBOLS} explains. */
const FORMULAS = {
  sample: '[π_old]([y_i] | [x]) = ∏ [π_old]([y_t] | [x], [y_<t])',
  verify: '[r_i] = 1 if the verifier accepts [y_i], else 0',
  compare: '[mean] = Σ [r_i] / [G], [std] = √( Σ ([r_i] − [mean])² / ([G] − 1) )',
  ratio: '[w_t] = [π]([y_t] | …) / [π_old]([y_t] | …), bounds 1 − [ε_low] … 1 + [ε_high]',
  gradient: '[g] = Σ [s_i] · {token}; [θ] moves by Adam([g] · min(1, [c] / ‖[g]‖), [η])',
  afterwards: '[p] = Σ [π]([y_i] | [x]) over the accepted answers',
};

/** What each symbol of the formulas means. */
export const SYMBOLS: Readonly<Record<string, string>> = {
  π: 'The policy as it is at this update: the probability that it gives to a token.',
  π_old: 'The policy that drew the answers, before the first update of the step.',
  x: 'The problem: the tokens of the prompt.',
  y_i: 'Answer i of the group.',
  y_t: 'Token t of the answer.',
  'y_<t': 'The tokens of the answer before token t.',
  r_i: 'The reward of answer i.',
  r_t: 'The reward that stands on token t.',
  G: 'The size of the group: how many answers are drawn to each problem.',
  mean: 'The mean of the rewards of the group.',
  std: 'The sample standard deviation of the rewards of the group.',
  A_i: 'The advantage of answer i: how much better than its group it did.',
  A_t: 'The advantage of token t.',
  'A_t+1': 'The advantage of the token after t; 0 after the last.',
  δ_t: 'How much better things look after token t than the value output expected.',
  V_t: 'The value output where token t was predicted: the reward that the network expects.',
  'V_t+1': 'The value output at the token after t; 0 after the last.',
  λ: 'A number of the algorithm’s row; see the card of the algorithm.',
  τ: 'How steep the gate is: 1 where the advantage is positive, else 1.05.',
  w_t: 'The ratio: how much likelier token t is now than when it was drawn.',
  ε_low: 'How far below 1 a ratio may go.',
  ε_high: 'How far above 1 a ratio may go.',
  s_i: 'The share of each token of answer i, by the aggregation of the algorithm.',
  g: 'The gradient: the direction in which the parameters raise the objective most.',
  c: 'The largest norm of a gradient that is left as it is.',
  η: 'The learning rate.',
  θ: 'The parameters of the network.',
  p: 'The exact probability that one sample is right.',
};

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

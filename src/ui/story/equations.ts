import type { EquationName } from './chapter.ts';
import advantage from './equations/advantage.tex';
import crossing from './equations/crossing.tex';
import distillation from './equations/distillation.tex';
import entropy from './equations/entropy.tex';
import objective from './equations/objective.tex';
import passAtK from './equations/pass-at-k.tex';
import power from './equations/power.tex';
import reward from './equations/reward.tex';
import weight from './equations/weight.tex';

/** Every equation of the story, its lines set by the build. */
export const EQUATIONS = {
  ...{ reward, objective, crossing, entropy, advantage, weight, power, distillation },
  'pass-at-k': passAtK,
} satisfies Record<EquationName, unknown>;

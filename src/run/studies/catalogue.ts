import { algorithms, kl, passAtKTraining } from './catalogue/algorithms.ts';
import { baseSeeds } from './catalogue/baseSeeds.ts';
import { composition } from './catalogue/composition.ts';
import { difficulty } from './catalogue/difficulty.ts';
import { beyond, distillation, distillationPrograms } from './catalogue/distillation.ts';
import { noTraining } from './catalogue/effect.ts';
import { evolution } from './catalogue/evolution.ts';
import { forgetting } from './catalogue/forgetting.ts';
import { groupSize } from './catalogue/groupSize.ts';
import { hints } from './catalogue/hints.ts';
import { luck, soundness } from './catalogue/luck.ts';
import { maximised } from './catalogue/maximised.ts';
import { mixed } from './catalogue/mixed.ts';
import { clipping, stale } from './catalogue/offPolicy.ts';
import { pretraining } from './catalogue/pretraining.ts';
import { rarity } from './catalogue/rarity.ts';
import { collapse, judges, sparsity, spurious } from './catalogue/reward.ts';
import { interpolation, power, temperature } from './catalogue/sampling.ts';
import { newerRows } from './catalogue/newerRows.ts';
import { ample, steps, width } from './catalogue/scale.ts';
import { capacity, trainingSet } from './catalogue/trainingSets.ts';
import type { Study } from './study.ts';

/** Studies that answer one question together. */
export interface StudyGroup {
  title: string;
  question: string;
  studies: readonly Study[];
}

/** Every comparison of this project, in the order in which it is told. */
export const GROUPS: readonly StudyGroup[] = [
  {
    title: 'What RLVR does',
    question: 'Does it narrow what the policy can solve, and can that be kept from happening?',
    studies: [
      ...[noTraining, rarity, baseSeeds, algorithms, newerRows, maximised, passAtKTraining, kl],
      ...[clipping, stale, evolution],
    ],
  },
  {
    title: 'Learning from a teacher',
    question: 'Does another source of answers bring in what the base lacks?',
    studies: [distillation, distillationPrograms, beyond, pretraining, forgetting],
  },
  {
    title: 'Sampling better',
    question: 'How much of the gain is in the base already, for one who samples it well?',
    studies: [power, temperature, interpolation],
  },
  {
    title: 'Is it luck?',
    question: 'Would guessing do it, and are right answers right for the right reason?',
    studies: [luck, soundness],
  },
  {
    title: 'Is it the reward?',
    question: 'What if the reward is wrong, a judge’s, rare, or one’s own?',
    studies: [spurious, judges, sparsity, collapse],
  },
  {
    title: 'Is it the scale?',
    question: 'Do more problems, domains, answers, steps or parameters change the picture?',
    studies: [
      ...[trainingSet, difficulty, hints, composition, capacity, width, ample],
      ...[mixed, groupSize, steps],
    ],
  },
];

export const STUDIES: readonly Study[] = GROUPS.flatMap(({ studies }) => studies);

/** The study of that name. @throws RangeError naming those that there are. */
export function studyNamed(name: string): Study {
  const study = STUDIES.find((candidate) => candidate.name === name);
  if (!study)
    throw new RangeError(
      `no study is called '${name}'; the studies are ${STUDIES.map(({ name }) => name).join(', ')}`,
    );
  return study;
}

import { algorithms, kl, passAtKTraining } from './catalogue/algorithms.ts';
import { beyond, distillation } from './catalogue/distillation.ts';
import { noTraining } from './catalogue/effect.ts';
import { groupSize } from './catalogue/groupSize.ts';
import { luck, soundness } from './catalogue/luck.ts';
import { collapse, judges, sparsity, spurious } from './catalogue/reward.ts';
import { interpolation, power, temperature } from './catalogue/sampling.ts';
import { steps, trainingSet, width } from './catalogue/scale.ts';
import type { Study } from './study.ts';

/** Comparisons that answer one question together. */
export interface StudyGroup {
  title: string;
  studies: readonly Study[];
}

/** Every comparison of this project, in the order in which it is told. */
export const GROUPS: readonly StudyGroup[] = [
  { title: 'What RLVR does', studies: [noTraining, algorithms, passAtKTraining, kl] },
  { title: 'Learning from a teacher', studies: [distillation, beyond] },
  { title: 'Sampling better', studies: [power, temperature, interpolation] },
  { title: 'Is it luck?', studies: [luck, soundness] },
  { title: 'Is it the reward?', studies: [spurious, judges, sparsity, collapse] },
  { title: 'Is it the scale?', studies: [trainingSet, groupSize, steps, width] },
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

import { algorithms } from './catalogue/algorithms.ts';
import { groupSize } from './catalogue/groupSize.ts';
import { noTraining } from './catalogue/noTraining.ts';
import type { Study } from './study.ts';

/** Every comparison of this project, in the order in which it is told. */
export const STUDIES: readonly Study[] = [noTraining, algorithms, groupSize];

/** The study of that name. @throws RangeError naming those that there are. */
export function studyNamed(name: string): Study {
  const study = STUDIES.find((candidate) => candidate.name === name);
  if (!study)
    throw new RangeError(
      `no study is called '${name}'; the studies are ${STUDIES.map(({ name }) => name).join(', ')}`,
    );
  return study;
}

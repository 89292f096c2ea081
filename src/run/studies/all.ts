import { STUDIES as LISTED } from './catalogue.ts';
import type { Study } from './study.ts';

/** Studies that answer one question together. */
export interface StudyGroup {
  title: string;
  question: string;
  studies: readonly Study[];
}

/** Every study, in the order in which they are told. */
export const GROUPS: readonly StudyGroup[] = [
  {
    title: 'What training does',
    question: 'Does it narrow what the policy can solve, and can that be kept from happening?',
    studies: LISTED,
  },
];

/** Every study by its name. */
export const STUDIES: Readonly<Record<string, Study>> = Object.fromEntries(
  GROUPS.flatMap(({ studies }) => studies.map((study) => [study.name, study])),
);

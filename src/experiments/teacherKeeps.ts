import type { Described } from '../rl/described.ts';

/** Which of a teacher's answers are learned from. */
export const TEACHER_KEEPS = {
  all: { label: 'all', help: 'All of the teacher’s answers are learned from, right or wrong.' },
  right: { label: 'right ones', help: 'Only answers that the verifier accepts are learned from.' },
} satisfies Record<string, Described>;

export type TeacherKeep = keyof typeof TEACHER_KEEPS;

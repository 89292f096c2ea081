import { STUDY_SEEDS, type ClaimSpec, type StudyArm } from '../study.ts';
import type { RunSettings } from '../../table.ts';
import { COUNTDOWN, study } from './shared.ts';

const EXCURSIONS = 'RL Excursions 2026, arXiv 2606.04272';

const STEPS = [150, 300, 600, 1200] as const;

/** What may follow pretraining: 100 steps each. */
const AFTER: Record<string, Pick<StudyArm, 'label' | 'role'> & { settings: Partial<RunSettings> }> =
  {
    rl: { label: 'RL', role: 'now', settings: {} },
    warm: { label: 'SFT, then RL', role: 'other', settings: { warmSteps: 30 } },
    sft: { label: 'SFT', role: 'distilled', settings: { experiment: 'distillation' } },
    both: { label: 'both at once', role: 'other', settings: { sftWeight: 1 } },
  };

const arms = STEPS.flatMap((pretrainSteps) =>
  Object.entries(AFTER).map(([id, { label, role, settings }]): StudyArm => ({
    id: `${id}-${pretrainSteps}`,
    label: `${pretrainSteps}: ${label}`,
    role,
    settings: { ...settings, pretrainSteps },
  })),
);

/** At each length of pretraining. */
const eachTime = (claimsAt: (steps: number) => ClaimSpec[]): ClaimSpec[] =>
  STEPS.flatMap((steps) => claimsAt(steps));

export const pretraining = study({
  name: 'pretraining',
  title: 'How much pretraining comes before',
  question:
    'Does RL sharpen a young base too, or only one that has learned for long? And a teacher’s answers: before RL, in its place, or at the same time?',
  settings: { ...COUNTDOWN, base: 'live', evalEvery: 50 },
  // Every run pretrains its base.
  seeds: STUDY_SEEDS.slice(0, 8),
  seedsBase: true,
  arms,
  figure: { kind: 'plane', x: 'pass@1', y: 'pass@64' },
  more: [{ kind: 'plane', x: 'pass@1', y: 'pass@256' }],
  measures: ['pass@1', 'pass@16', 'pass@64', 'pass@256', 'entropy', 'RL only', 'base only'],
  claims: [
    ...eachTime((steps) => [
      { measure: 'pass@16', arm: `rl-${steps}`, against: 'base' },
      { measure: 'pass@64', arm: `rl-${steps}`, against: 'base' },
      { measure: 'pass@64', arm: `warm-${steps}`, against: `rl-${steps}` },
    ]),
    ...eachTime((steps) => [
      { measure: 'pass@1', arm: `both-${steps}`, against: `warm-${steps}` },
      { measure: 'pass@64', arm: `both-${steps}`, against: `warm-${steps}` },
      { measure: 'pass@1', arm: `both-${steps}`, against: `sft-${steps}` },
      { measure: 'pass@64', arm: `both-${steps}`, against: `sft-${steps}` },
    ]),
  ],
  papers: [
    {
      says: 'RL directly on an early checkpoint raises pass@k at large k (32 there).',
      source: EXCURSIONS,
      sign: 1,
      why: 'An early base is wrong in most of what it says here, and RL settles on the little that is right; nothing that it has read holds other answers.',
      ...{ measure: 'pass@16', arm: 'rl-150', against: 'base' },
    },
    {
      says: 'Sharpening appears when RL follows SFT, more than with RL alone.',
      source: EXCURSIONS,
      sign: -1,
      why: 'SFT is on a teacher’s right answers here and broadens the base first; RL then takes away less than they have brought.',
      ...{ measure: 'pass@64', arm: 'warm-1200', against: 'rl-1200' },
    },
    {
      says: 'Learning from rewards and from answers at once is better than one after the other.',
      source: EXCURSIONS,
      sign: 1,
      ...{ measure: 'pass@1', arm: 'both-1200', against: 'warm-1200' },
    },
  ],
  why: 'In the papers pretraining is on text of all kinds, and SFT brings the form of an answer. Here the base was shown nothing but answers, most of them wrong, and the teacher’s are the right ones among them. So SFT broadens here. A base of 150 steps has seen every kind of problem 12 times. The weight of the teacher’s answers is 1; it was not tuned.',
});

import { STUDY_SEEDS, type Study } from '../study.ts';
import { COUNTDOWN, YUE } from './shared.ts';

const SIZES = [2, 8, 32];

export const groupSize: Study = {
  name: 'group-size',
  title: 'How many answers per prompt',
  question: 'Do more answers to each prompt keep more of what the base can solve?',
  settings: COUNTDOWN,
  arms: SIZES.map((size) => ({
    id: `g${size}`,
    label: `${size} answers`,
    role: size === COUNTDOWN.groupSize ? 'now' : 'other',
    settings: { groupSize: size },
  })),
  seeds: STUDY_SEEDS,
  figure: { kind: 'overSetting', measure: 'pass@256', setting: 'groupSize', logarithmic: true },
  measures: ['pass@1', 'pass@16', 'pass@256', 'entropy', 'zero-signal share'],
  claims: [
    { measure: 'zero-signal share', arm: 'g32', against: 'g2' },
    { measure: 'pass@1', arm: 'g2', against: 'g8' },
    { measure: 'pass@256', arm: 'g2', against: 'g8' },
    { measure: 'pass@1', arm: 'g32', against: 'g8' },
    { measure: 'pass@256', arm: 'g32', against: 'g8' },
  ],
  papers: [
    {
      says: '32 answers in place of 8 give a slightly better pass@128.',
      source: `${YUE}, figure 16`,
      sign: 1,
      ...{ measure: 'pass@256', arm: 'g32', against: 'g8' },
    },
    {
      says: '32 answers in place of 8 give a lower pass@1, in a run that had not converged.',
      why: 'Here all arms make the same number of updates, so more answers mean more verified samples. The paper stopped its larger run earlier.',
      source: `${YUE}, figure 16`,
      sign: -1,
      ...{ measure: 'pass@1', arm: 'g32', against: 'g8' },
    },
  ],
  why: 'All arms make the same number of updates, so more answers also mean more verified samples. The paper stopped its larger run earlier.',
};

/** The figure of what lies beyond a narrow prior. */
export const BEYOND_TEXT = {
  title: 'Beyond the prior',
  axis: 'share solved (log scale)',
  waits: 'Held-out problems that need what the base was never shown.',
  needs: 'These {count} held-out problems need {skill}, which the base was never shown.',
  aSkill: 'a skill',
  sound: ' Only answers whose steps are all right count here.',
  base: 'At k = {k} the base solves {share} of them',
  now: ', the trained policy {share}',
  chance: ', guessing {share}',
};

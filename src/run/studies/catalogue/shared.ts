import type { RunSettings } from '../../table.ts';

/**
 * Countdown with 8 answers a prompt, as in the paper's comparison of algorithms, and a third of the page's learning rate, so
 * that the way of a method can be followed and not only its end.
 */
export const COUNTDOWN: Partial<RunSettings> = {
  lr: 3e-4,
  prompts: 16,
  groupSize: 8,
  steps: 150,
  evalEvery: 10,
  evalSamples: 0,
};

export const YUE = 'Yue et al. 2025, arXiv 2504.13837';

import { DEFAULT_PRETRAIN, type PretrainSettings } from '../experiments/baseSettings.ts';
import type { TrainSettings } from '../experiments/trainSettings.ts';
import { DEFAULT_ADAM } from '../policy/policy.ts';
import { rarityOf } from '../tasks/prior.ts';
import { LARGEST_SIZE } from '../tasks/task.ts';
import { variantOf } from '../tasks/tasks.ts';
import { keysWith, type RunSettings } from './definitions.ts';

/** Layers and heads of every network; the width is a setting. */
export const NETWORK_SIZE = { layers: 2, heads: 4 } as const;

/** The name of the task that is asked for, in its size. */
export const taskName = variantOf;

/** What is not handed to the training under its own name. */
const OTHERWISE = new Set<string>([
  ...keysWith(({ readBy }) => readBy !== undefined),
  ...(['lr', 'maxGradNorm', 'prompts'] as const),
]);

/** What the training reads of the settings: all that is not about its base or the page. */
export function trainSettings(settings: RunSettings): TrainSettings {
  const { lr, maxGradNorm, prompts } = settings;
  const own = Object.entries(settings).filter(([key]) => !OTHERWISE.has(key));
  return {
    ...(Object.fromEntries(own) as Omit<RunSettings, 'lr' | 'maxGradNorm' | 'prompts'>),
    promptsPerStep: prompts,
    optimizer: { ...DEFAULT_ADAM, learningRate: lr, maxGradNorm },
  };
}

/** How a base is pretrained that a run asks for. */
export function pretrainSettings(settings: RunSettings): PretrainSettings {
  const { demonstratedSize } = settings;
  return {
    ...DEFAULT_PRETRAIN,
    seed: settings.baseSeed,
    steps: settings.pretrainSteps,
    learningRate: settings.pretrainLr,
    correctFraction: settings.correctFraction,
    rarity: rarityOf(settings),
    ...(demonstratedSize < LARGEST_SIZE ? { demonstratedSize } : {}),
  };
}

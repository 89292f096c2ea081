import type { AdamSettings } from '../policy/policy.ts';
import type { AlgorithmChoices } from './choices.ts';

/** The settings of one step of RLVR. */
export interface StepSettings extends AlgorithmChoices {
  groupSize: number;
  temperature: number;
  optimizer: AdamSettings;
}

import type { AdamSettings } from '../policy/policy.ts';
import type { AlgorithmChoices } from './choices.ts';

/** The settings of one step of RLVR. */
export interface StepSettings extends AlgorithmChoices {
  groupSize: number;
  /** The share of a step's problems whose answers begin inside a right one, from 0 to 1; see hints.ts. */
  hintShare: number;
  temperature: number;
  optimizer: AdamSettings;
}

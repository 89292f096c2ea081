import { EXPERIMENTS } from '../experiments/experiments.ts';
import { goesOffPolicy as updatesGoOff, ratiosAreStale as drawsAreStale } from '../rl/needs.ts';
import { DEFINITIONS, type RunSettings, type SettingKey } from './definitions.ts';

const NEEDS = new Map(DEFINITIONS.map(({ key, needs = [] }) => [key, needs]));

/** Why a setting changes nothing at present, or null where it does. */
export const idleReason = (key: SettingKey, settings: RunSettings): string | null =>
  NEEDS.get(key)!.find(({ when }) => !when(settings))?.otherwise ?? null;

/** What draws by no algorithm is never stale. */
const drawn = (settings: RunSettings): RunSettings =>
  EXPERIMENTS[settings.experiment].usesAlgorithm ? settings : { ...settings, staleness: 0 };

/** Whether a run has ratios other than 1, see `rl/needs.ts`. */
export const goesOffPolicy = (settings: RunSettings): boolean => updatesGoOff(drawn(settings));

/** Whether already the first update of its steps has some. */
export const ratiosAreStale = (settings: RunSettings): boolean => drawsAreStale(drawn(settings));

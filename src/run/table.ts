import { ALGORITHM_SETTINGS } from './algorithmSettings.ts';
import { RUN_SETTINGS } from './runSettings.ts';
import type { Setting } from './setting.ts';

export { ALGORITHM_SETTINGS };
export type { RunSettings, Setting, SettingKey, TaskFamily } from './setting.ts';

/**
 * The configuration table. Every setting of a run is one entry here; the page's controls, the permalink and the
 * command line's flags are all made from it.
 */
export const SETTINGS: readonly Setting[] = [...RUN_SETTINGS, ...ALGORITHM_SETTINGS];

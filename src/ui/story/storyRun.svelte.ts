import {
  SETTINGS,
  settingsOver,
  withSetting,
  type RunSettings,
  type SettingKey,
} from '../../run/settings.ts';
import { Playground } from '../playground.svelte.ts';

/**
 * The settings of a chapter: the defaults of its task and algorithm, its own, and over both what the address says; but a
 * chapter that trains nothing goes on to train nothing.
 */
export const settingsOf = (
  own: Partial<RunSettings>,
  over: Partial<RunSettings> = {},
): RunSettings => settingsOver({ ...own, ...over, ...(own.steps === 0 ? { steps: 0 } : {}) });

export const settingNamed = (key: SettingKey) => SETTINGS.find((setting) => setting.key === key)!;

/** What a choice of a setting is called. */
export function choiceLabel(key: SettingKey, value: string): string {
  const setting = settingNamed(key);
  const choices = setting.kind === 'choice' ? setting.choices : [];
  return choices.find((choice) => choice.value === value)?.label ?? value;
}

/** What a control brings with it, without which it would change nothing. */
const BROUGHT: Partial<Record<SettingKey, Partial<RunSettings>>> = {
  // A shipped base has its own width.
  width: { base: 'live' },
};

/** The one run of the story, which each chapter sets anew. Nothing that computes is loaded before it is run. */
export class StoryRun extends Playground {
  constructor() {
    super(null, 'part');
  }

  /** Gets ready for a chapter. A run that has its settings stays as it is; any other ends. */
  enter(settings: RunSettings): void {
    if (this.state === 'playing') this.pause();
    if (this.state === 'loading' && !this.waits) this.cancel();
    this.settings = settings;
    if (!this.changed && !['failed', 'cancelled'].includes(this.state)) return;
    this.waits = true;
    this.reset();
  }

  /** Begins, or goes on; from the base again if a control has been changed since, or the run has ended. */
  start(): void {
    if (this.changed) this.reset();
    this.play();
  }

  /** A control waits for the reader to run it. */
  override change<K extends SettingKey>(key: K, value: RunSettings[K]): void {
    this.settings = { ...withSetting(this.settings, key, value), ...BROUGHT[key] };
  }

  /** Whether the run on screen is one with these settings, as far as it has got. */
  is(settings: RunSettings): boolean {
    return SETTINGS.every(({ key }) => this.applied[key] === settings[key]);
  }
}

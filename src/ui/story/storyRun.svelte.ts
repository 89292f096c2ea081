import {
  SETTINGS,
  settingsOver,
  withSetting,
  type RunSettings,
  type SettingKey,
} from '../../run/settings.ts';
import { Playground, type Change } from '../state/playground.svelte.ts';

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
export class StoryRun {
  readonly playground = new Playground({ link: null, address: 'left', recorded: 'none' });
  readonly live = this.playground.run;

  /** Gets ready for a chapter. A run that has its settings stays as it is; any other ends. */
  enter(settings: RunSettings): void {
    const { playground, live } = this;
    if (live.phase.kind === 'playing') playground.pause();
    if (live.phase.kind === 'loading') playground.cancel();
    playground.settings = settings;
    if (playground.changed || ['failed', 'cancelled'].includes(live.phase.kind))
      playground.prepare(settings, true);
  }

  /** Begins, or goes on; from the base again if a control has been changed since, or the run has ended. */
  start(): void {
    if (this.playground.changed) this.playground.reset();
    this.playground.play();
  }

  /** A control waits for the reader to run it. */
  change: Change = (key, value) => {
    const settings = withSetting(this.playground.settings, key, value);
    this.playground.settings = { ...settings, ...BROUGHT[key] };
  };

  /** Whether the run on screen is one with these settings, as far as it has got. */
  is(settings: RunSettings): boolean {
    return SETTINGS.every(({ key }) => this.live.settings[key] === settings[key]);
  }
}

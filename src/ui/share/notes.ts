import { EXPERIMENTS } from '../../experiments/experiments.ts';
import type { FigureNotes } from '../../plots/notes.ts';
import { lower } from '../../text/words.ts';
import { permalinkOf, type View } from '../../run/permalink.ts';
import {
  changesOf,
  SETTINGS,
  taskName,
  type RunSettings,
  type Setting,
} from '../../run/settings.ts';
import { valueWords } from '../../run/table.ts';
import { siteUrl } from '../../site.ts';
import type { Figures } from '../state/figures.svelte.ts';
import type { LiveRun } from '../state/run.svelte.ts';
import * as TEXT from '../../messages/shareNotes.ts';

/** What the names of files begin with, of what is on screen: `countdown-3-grpo-seed1`. */
export const stemOf = ({ recording, run }: Figures): string =>
  recording ? `${recording.task}-recorded-seed${recording.seed}` : fileStem(run.settings);

export const fileStem = (settings: RunSettings): string =>
  `${taskName(settings)}-${EXPERIMENTS[settings.experiment].usesAlgorithm ? settings.algorithm : settings.experiment}-seed${settings.seed}`;

/** The settings that are not the defaults, in words; the address beside them has them by their flags. */
export function changedWords(settings: RunSettings): string {
  const changes = changesOf(settings);
  const changed = SETTINGS.filter(({ key }) => Object.hasOwn(changes, key));
  const worded = (setting: Setting): string =>
    `${lower(setting.label)} ${valueWords(setting, settings[setting.key])}`;
  return changed.map(worded).join(', ') || TEXT.standard;
}

export const settingsLine = (settings: RunSettings): string =>
  TEXT.settings({ settings: changedWords(settings) });

/** What a live run was made with, as far as it is. */
export function liveLines(settings: RunSettings, step: number, { engine }: LiveRun): string[] {
  const by = engine ? `${engine.kind} (${engine.device})` : '–';
  const { seed, steps } = settings;
  return [settingsLine(settings), TEXT.at({ seed, step, steps, engine: by })];
}

/** Where the playground has what a figure shows; of a figure in a frame too, whose own address is its writer's. */
export const addressLine = (settings: RunSettings, view: View = {}): string =>
  TEXT.address({ address: new URL(permalinkOf(settings, view), siteUrl()).href });

/** What was run, and how far it is, of the run on screen. */
export function runLines({ run, recording, shown }: Figures): string[] {
  const step = shown?.step ?? 0;
  if (!recording) return liveLines(run.settings, step, run);
  const { task, seed, rows } = recording;
  return [TEXT.recorded({ task, seed, step, steps: rows.at(-1)!.step })];
}

/** What a figure of the run on screen says when it is taken along. */
export function notesOf(figures: Figures): FigureNotes {
  const { held, run } = figures;
  const view = held === null ? {} : { step: held };
  return {
    lines: [...runLines(figures), addressLine(run.settings, view)],
    stem: stemOf(figures),
  };
}

/**
 * What a figure says that is a formula of the settings in the controls, whatever run is on screen: that run is named
 * only where the figure has some of its numbers too.
 */
export function notesOfControls(
  figures: Figures,
  controls: RunSettings,
  hasRun: boolean,
): FigureNotes {
  const settings = { ...controls };
  return {
    lines: [
      TEXT.chosen({ settings: changedWords(settings) }),
      ...(hasRun ? [TEXT.problems, ...runLines(figures)] : []),
      addressLine(settings),
    ],
    stem: fileStem(settings),
  };
}

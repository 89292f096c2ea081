import {
  parsePermalink,
  permalinkOf,
  shortened,
  type ParsedPermalink,
} from '../../run/permalink.ts';
import {
  changesOf,
  SETTINGS,
  settingsOver,
  withSetting,
  type RunSettings,
  type SettingKey,
} from '../../run/settings.ts';
import type { Chapter } from './chapter.ts';
import { chapterNamed, CHAPTERS } from './chapters.ts';
import {
  noProgress,
  PROGRESS_KEY,
  readProgress,
  writeProgress,
  type ChapterProgress,
  type Progress,
} from './progress.ts';
import { Playground, type Change } from '../state/playground.svelte.ts';
import * as STORY from '../../messages/story.ts';

/**
 * The settings of a chapter: the defaults of its task and algorithm, its own, and over both what the address says; but a
 * chapter that trains nothing goes on to train nothing.
 */
export const settingsOf = (
  own: Partial<RunSettings>,
  over: Partial<RunSettings> = {},
): RunSettings => settingsOver({ ...own, ...over, ...(own.steps === 0 ? { steps: 0 } : {}) });

/** What a control brings with it, without which it would change nothing. */
const BROUGHT: Partial<Record<SettingKey, Partial<RunSettings>>> = {
  // A shipped base has its own width.
  width: { base: 'live' },
};

/** The one run of the story, which each chapter sets anew. Nothing that computes is loaded before it is run. */
class StoryRun {
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

/** Where a reader is in the story, and what has been done in it. */
export class Story {
  readonly run = new StoryRun();
  chapter = $state.raw<Chapter>(CHAPTERS[0]!);
  notices = $state.raw<readonly string[]>([]);
  /** Whether the browser keeps what is done here. */
  isKept = $state(true);
  #progress = $state.raw<Progress>(noProgress());
  /** What the address sets for all chapters, such as a smaller run or an engine. */
  changes = $state.raw<Partial<RunSettings>>({});

  index = $derived(CHAPTERS.indexOf(this.chapter));
  seen = $derived(CHAPTERS.filter(({ name }) => this.#progress.chapters[name]?.seen).length);

  constructor(link: ParsedPermalink) {
    this.#readKept();
    this.#open(link);
    addEventListener('hashchange', () => this.#open(parsePermalink(location.hash)));
  }

  settingsOf(chapter: Chapter): RunSettings {
    return settingsOf(chapter.settings, this.changes);
  }

  done(name: string): ChapterProgress {
    return this.#progress.chapters[name] ?? {};
  }

  /** Keeps what has been done in a chapter, that which is open unless another is named. */
  keep(done: ChapterProgress, { name } = this.chapter): void {
    const chapters = {
      ...this.#progress.chapters,
      [name]: { ...this.#progress.chapters[name], ...done },
    };
    this.#write({ at: this.chapter.name, chapters });
  }

  forget(): void {
    this.#write(noProgress());
  }

  /** The address of a chapter, with what the present one sets for all. */
  href(chapter: Chapter): string {
    return permalinkOf(settingsOf({}, this.changes), { view: 'story', chapter: chapter.name });
  }

  /** The playground with the run of a chapter, or with the study that it shows. */
  playgroundHref(chapter: Chapter): string {
    const view = chapter.study === undefined ? {} : { study: chapter.study };
    return permalinkOf(this.settingsOf(chapter), view) || '#';
  }

  dismiss(index: number): void {
    this.notices = this.notices.filter((_, i) => i !== index);
  }

  #open({ settings, view, problems }: ParsedPermalink): void {
    this.changes = changesOf(settings);
    const named = view.chapter === undefined ? undefined : chapterNamed(view.chapter);
    const unknown =
      view.chapter !== undefined && !named
        ? [
            STORY.unknownChapter({
              name: shortened(view.chapter),
              names: CHAPTERS.map(({ name }) => name).join(', '),
            }),
          ]
        : [];
    this.notices = [...this.notices, ...problems, ...unknown];
    const resumed = view.chapter === undefined ? chapterNamed(this.#progress.at ?? '') : undefined;
    this.chapter = named ?? resumed ?? CHAPTERS[0]!;
    if (this.#progress.at !== this.chapter.name)
      this.#write({ ...this.#progress, at: this.chapter.name });
    if (!named) history.replaceState(null, '', this.href(this.chapter));
    this.run.enter(this.settingsOf(this.chapter));
  }

  #readKept(): void {
    try {
      const text = localStorage.getItem(PROGRESS_KEY);
      if (text === null) return;
      const kept = readProgress(text);
      if (kept) this.#progress = kept;
      else this.notices = [STORY.unreadable];
    } catch {
      this.isKept = false;
    }
  }

  #write(progress: Progress): void {
    this.#progress = progress;
    try {
      localStorage.setItem(PROGRESS_KEY, writeProgress(progress));
    } catch {
      this.isKept = false;
    }
  }
}

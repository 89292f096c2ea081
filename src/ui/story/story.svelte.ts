import {
  parsePermalink,
  permalinkOf,
  shortened,
  type ParsedPermalink,
} from '../../run/permalink.ts';
import { changesOf, type RunSettings } from '../../run/settings.ts';
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
import { settingsOf, StoryRun } from './storyRun.svelte.ts';
import * as STORY from '../../messages/story.ts';

/** Where a reader is in the story, and what has been done in it. */
export class Story {
  readonly run = new StoryRun();
  chapter = $state.raw<Chapter>(CHAPTERS[0]!);
  notices = $state.raw<readonly string[]>([]);
  /** Whether the browser keeps what is done here. */
  isKept = $state(true);
  #progress = $state.raw<Progress>(noProgress());
  /** What the address sets for all chapters, such as a smaller run or an engine. */
  #over: Partial<RunSettings> = {};

  index = $derived(CHAPTERS.indexOf(this.chapter));
  seen = $derived(CHAPTERS.filter(({ name }) => this.#progress.chapters[name]?.seen).length);

  constructor(link: ParsedPermalink) {
    this.#readKept();
    this.#open(link);
    addEventListener('hashchange', () => this.#open(parsePermalink(location.hash)));
  }

  settingsOf(chapter: Chapter): RunSettings {
    return settingsOf(chapter.settings, this.#over);
  }

  done(name: string): ChapterProgress {
    return this.#progress.chapters[name] ?? {};
  }

  /** Keeps what has been done in the chapter that is open. */
  keep(done: ChapterProgress): void {
    const { name } = this.chapter;
    const chapters = {
      ...this.#progress.chapters,
      [name]: { ...this.#progress.chapters[name], ...done },
    };
    this.#write({ at: name, chapters });
  }

  forget(): void {
    this.#write(noProgress());
  }

  /** The address of a chapter, with what the present one sets for all. */
  href(chapter: Chapter): string {
    return permalinkOf(settingsOf({}, this.#over), { view: 'story', chapter: chapter.name });
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
    this.#over = changesOf(settings);
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

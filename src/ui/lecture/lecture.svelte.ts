import { permalinkOf, type ParsedPermalink } from '../../run/permalink.ts';
import { changesOf, settingsOver, type RunSettings } from '../../run/settings.ts';
import { canStep, untilOf } from '../state/phase.ts';
import { Playground } from '../state/playground.svelte.ts';
import { figuresOf, type FigureName, type SlideFigureName } from '../embed/figures.ts';
import type { TaskFamily } from '../../tasks/tasks.ts';
import { DECK, DECK_TASKS, deckOf, settingsOf, wordsOf, type Slide } from './deck.ts';
import { DeckRuns } from './deckRuns.ts';
import { SCALES } from './stage.ts';
import * as LECTURE from '../../messages/lecture.ts';

/** The deck as it is presented: which slide, which of its figures, how large. */
export class Lecture {
  readonly playground: Playground;
  /** Which slide is on screen. */
  index = $state(0);
  /** What all slides are about. */
  task = $state<TaskFamily>('countdown');
  /** Which of the slide's figures is shown alone; null for all of them. */
  alone = $state<number | null>(null);
  /** Times the size that fits the window. */
  scale = $state(1);
  isBlack = $state(false);
  showsKeys = $state(false);
  /** The figures that the link asks for, on the slide that it names. */
  #figures: readonly FigureName[] | null = null;
  /** One slide in somebody else's deck: its own deck is left out. */
  readonly #standsAlone: boolean;
  /** The settings and the step that the link asks for beyond those of its slide. */
  #link: ParsedPermalink;
  #linked: Slide;
  #runs: DeckRuns;

  deck = $derived(deckOf(this.task));
  slide = $derived<Slide>(this.deck[this.index]!);
  words = $derived(wordsOf(this.slide, this.task));
  figures = $derived.by<readonly SlideFigureName[]>(() => {
    const all: readonly SlideFigureName[] =
      (this.slide === this.#linked && this.#figures) || this.slide.figures;
    return this.alone === null ? all : [all[this.alone % all.length]!];
  });

  constructor(link: ParsedPermalink) {
    const problems = [...link.problems];
    this.task = link.settings.task;
    const known = this.deck.map((each) => each.id);
    const { slide: id = known[0]! } = link.view;
    const index = this.deck.findIndex((each) => each.id === id);
    if (index < 0) problems.push(LECTURE.noSlide({ id, known: known.join(', ') }));
    this.index = Math.max(0, index);
    const figures = figuresOf(link.view.figures ?? [], problems);
    if (figures.length > 0) this.#figures = figures;
    this.#standsAlone = window.parent !== window && (link.view.hide?.includes('deck') ?? false);
    this.#link = link;
    this.#linked = this.slide;
    this.playground = new Playground({ link: null, address: 'left', recorded: 'untilBegun' });
    this.playground.figures.hidesFuture = true;
    this.#runs = new DeckRuns(this.playground);
    this.#open();
    this.playground.notices.list = problems;
  }

  /** Shows another slide, the nearest there is, as it begins; of one that stands alone, the deck around goes on. */
  goTo(index: number): void {
    if (this.#standsAlone) {
      if (index !== this.index) turnDeckAround(index > this.index ? 'next' : 'prev');
      return;
    }
    const bounded = Math.min(this.deck.length - 1, Math.max(0, index));
    if (bounded === this.index) return;
    this.index = bounded;
    this.alone = null;
    this.#open();
    this.#showAddress();
  }

  /** The same slides about the next task. */
  nextTask(): void {
    const at = DECK_TASKS.findIndex((task) => task === this.task);
    const { slide } = this;
    this.task = DECK_TASKS[(at + 1) % DECK_TASKS.length]!;
    // The deck of a task may lack a slide: then the one before it.
    const before = DECK.slice(0, DECK.indexOf(slide) + 1);
    this.index = this.deck.findLastIndex((each) => before.includes(each));
    this.#open();
    this.#showAddress();
  }

  /** All of the slide's figures, then each of them. */
  nextView(): void {
    const { length } = this.slide.figures;
    if (length < 2) return;
    this.alone = this.alone === null ? 0 : this.alone + 1 < length ? this.alone + 1 : null;
  }

  /** Back to where the slide begins. */
  reset(): void {
    if (this.slide.isFixed) return;
    this.#runs.reset(...this.#setUp());
  }

  enlarge(factor: number): void {
    this.scale = Math.min(SCALES.most, Math.max(SCALES.least, this.scale * factor));
  }

  /** Whether the slide trains its run to where it begins, which nobody has asked for. */
  get trainsItself(): boolean {
    const { phase, asked, settings } = this.playground.run;
    const until = untilOf(asked);
    return phase.kind === 'playing' && until !== null && until < settings.steps;
  }

  /** Whether the presenter trains it. */
  get isTrained(): boolean {
    return this.playground.run.phase.kind === 'playing' && !this.trainsItself;
  }

  /** Nothing trains unseen: neither this nor a step does anything on a slide whose numbers are there. */
  playOrPause(): void {
    if (this.slide.isFixed) return;
    if (this.isTrained) return this.playground.pause();
    this.playground.figures.held = null;
    this.playground.play();
  }

  step(): void {
    if (this.slide.isFixed || !canStep(this.playground.run.phase)) return;
    this.playground.figures.held = null;
    this.playground.step();
  }

  #open(): void {
    this.#runs.show(...this.#setUp());
  }

  /** The settings of the slide, and the step at which it stands. */
  #setUp(): [settings: RunSettings, step: number | null] {
    const { settings, view } = this.#link;
    const isLinked = this.slide === this.#linked;
    // What the link changes beside its slide and the task is changed on that slide only.
    const changes = isLinked ? changesOf(settings) : {};
    const step = (isLinked ? view.step : undefined) ?? this.slide.step ?? null;
    const { task } = this;
    return [settingsOver({ ...settingsOf(this.slide, task), ...changes, task }), step];
  }

  /** So that a frame that is loaded again, or a page, opens where it was, and as it was. */
  #showAddress(): void {
    const { step: _step, figures: _figures, ...view } = this.#link.view;
    const address = permalinkOf(settingsOver({ task: this.task }), {
      ...view,
      slide: this.slide.id,
    });
    history.replaceState(null, '', address);
  }
}

/**
 * The frame of a slide has the focus once somebody has clicked in it, and then gets the keys of the presenter: they go back
 * to the deck around, as reveal.js listens for them (revealjs.com/postmessage). It says nothing but the direction.
 */
function turnDeckAround(method: 'next' | 'prev'): void {
  window.parent.postMessage(JSON.stringify({ method }), '*');
}

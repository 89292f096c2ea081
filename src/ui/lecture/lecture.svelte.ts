import { DEFAULT_SETTINGS } from '../../run/defaults.ts';
import { permalinkOf, type ParsedPermalink } from '../../run/permalink.ts';
import { PRESETS } from '../../run/presets.ts';
import { changesOf, settingsOver, type RunSettings } from '../../run/settings.ts';
import { Playground } from '../state/playground.svelte.ts';
import { figuresOf, type FigureName } from '../embed/figures.ts';
import { DECK, slideOf, type Slide } from './deck.ts';
import * as LECTURE from '../../messages/lecture.ts';

const LEAST_SCALE = 0.7;
const MOST_SCALE = 1.6;

/** The deck as it is presented: which slide, which of its figures, how large. */
export class Lecture {
  readonly playground: Playground;
  /** Which slide is on screen. */
  index = $state(0);
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
  #linked: number;

  slide = $derived<Slide>(DECK[this.index]!);
  figures = $derived.by<readonly FigureName[]>(() => {
    const all = (this.index === this.#linked && this.#figures) || this.slide.figures;
    return this.alone === null ? all : [all[this.alone % all.length]!];
  });

  constructor(link: ParsedPermalink) {
    const problems = [...link.problems];
    const id = link.view.slide ?? DECK[0]!.id;
    const slide = slideOf(id);
    if (!slide)
      problems.push(LECTURE.noSlide({ id, known: DECK.map((each) => each.id).join(', ') }));
    const figures = figuresOf(link.view.figures ?? [], problems);
    if (figures.length > 0) this.#figures = figures;
    this.#standsAlone = window.parent !== window && (link.view.hide?.includes('deck') ?? false);
    this.#link = link;
    this.#linked = this.index = slide ? DECK.indexOf(slide) : 0;
    this.playground = new Playground({ link: null, address: 'left', recorded: 'untilBegun' });
    this.#open();
    this.playground.notices.list = problems;
  }

  /** Shows another slide, the nearest there is, as it begins; of one that stands alone, the deck around goes on. */
  goTo(index: number): void {
    if (this.#standsAlone) {
      if (index !== this.index) turnDeckAround(index > this.index ? 'next' : 'prev');
      return;
    }
    const bounded = Math.min(DECK.length - 1, Math.max(0, index));
    if (bounded === this.index) return;
    this.index = bounded;
    this.alone = null;
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
    this.#open();
  }

  enlarge(factor: number): void {
    this.scale = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, this.scale * factor));
  }

  playOrPause(): void {
    if (this.playground.run.phase.kind === 'playing') this.playground.pause();
    else this.playground.play();
  }

  #open(): void {
    const isLinked = this.index === this.#linked;
    // What the link changes beside its slide is changed on that slide only.
    const changes = isLinked ? changesOf(this.#link.settings) : {};
    const settings = settingsOver({ ...PRESETS[this.slide.preset], ...changes });
    const step = (isLinked ? this.#link.view.step : undefined) ?? this.slide.step;
    present(this.playground, settings, step);
  }

  /** So that a frame that is loaded again, or a page, opens where it was, and as it was. */
  #showAddress(): void {
    const { step: _step, figures: _figures, ...view } = this.#link.view;
    const address = permalinkOf(DEFAULT_SETTINGS, { ...view, slide: this.slide.id });
    history.replaceState(null, '', address);
  }
}

/**
 * Shows a set-up as it stands after a step: of the page's own one the recorded run, which is there at once; any other trains
 * up to it.
 */
function present(playground: Playground, settings: RunSettings, step: number): void {
  const isRecorded = permalinkOf(settings) === '';
  // The recorded run is of other settings than the rest, and not to be shown for it.
  playground.recorded.own = isRecorded ? 'none' : 'lived';
  playground.prepare(settings, isRecorded);
  if (isRecorded) playground.figures.held = step;
  else if (step > 0) playground.runTo(step);
}

/**
 * The frame of a slide has the focus once somebody has clicked in it, and then gets the keys of the presenter: they go back
 * to the deck around, as reveal.js listens for them (revealjs.com/postmessage). It says nothing but the direction.
 */
function turnDeckAround(method: 'next' | 'prev'): void {
  window.parent.postMessage(JSON.stringify({ method }), '*');
}

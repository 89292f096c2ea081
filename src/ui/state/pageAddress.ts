import type { View } from '../../run/permalink.ts';
import { FIRST_ROOM } from '../rooms/ids.ts';
import type { Figures } from './figures.svelte.ts';
import type { Place } from './place.svelte.ts';
import type { Table, WithTable } from './table.ts';

/** Safari throws at the hundredth change of an address within 30 s. */
const PAUSE_MS = 300;

/** Writes what is on screen into the address, in place of what is there, at most once in 300 ms and only what is new. */
class Address {
  /** Of the entry of the history that is shown: entries of one place differ only in what of the same page is open. */
  #place: number | null = null;
  #next: (() => string) | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param make gives what follows the path, with its `#`; '' for nothing. */
  write(make: () => string): void {
    this.#next = make;
    if (this.#timer === null) this.#flush();
  }

  /** Writes at once and as an entry of its own in the same place, so that Back leads to the one before. */
  push(make: () => string): void {
    this.#next = null;
    const fragment = make();
    if (fragment === location.hash) return;
    // Unlike that of any other visit that the history still has.
    const place = (this.#place ??= Date.now());
    history.replaceState({ place }, '');
    history.pushState({ place }, '', fragment || location.pathname + location.search);
  }

  /** The reader has come to an entry of the history. @returns whether it is in the place where they were. */
  arrive(): boolean {
    const place = (history.state as { place?: number } | null)?.place ?? null;
    const isHere = place !== null && place === this.#place;
    this.#place = place;
    return isHere;
  }

  /** Forgets what has not been written: the reader has written something else. */
  drop(): void {
    this.#next = null;
  }

  #flush(): void {
    this.#timer = null;
    const make = this.#next;
    this.#next = null;
    if (!make) return;
    this.#timer = setTimeout(() => this.#flush(), PAUSE_MS);
    const fragment = make();
    if (fragment === location.hash) return;
    history.replaceState(history.state, '', fragment || location.pathname + location.search);
  }
}

/** What of the page stands in its address. */
interface Told {
  figures: Figures;
  place: Place;
  withTable: WithTable;
}

/** Writes the settings of the run on screen into the address of the page, and where the reader is. */
export class PageAddress {
  /** The step that a link has named, as long as nobody has gone elsewhere. */
  #linked: number | null = null;
  /** Of what the address says beside the run, what stays in it; the study only until a link to a run. */
  #view: View = {};
  #entries = new Address();
  #told: Told;

  constructor(told: Told) {
    this.#told = told;
  }

  /** What a link says of the page stays in its address. */
  take({ study, hide, theme }: View): void {
    this.#view = { ...(study && { study }), ...(hide && { hide }), ...(theme && { theme }) };
  }

  /** The reader has come to an entry of the history. @returns whether it is in the place where they were. */
  arrive(): boolean {
    this.#entries.drop();
    return this.#entries.arrive();
  }

  /** A link leads to this step; null once the page is about something else. */
  link(step: number | null): void {
    this.#linked = step;
  }

  /** The page is about the live run, wherever a link has led. */
  unlink(): void {
    if (this.#linked === null) return;
    this.#linked = null;
    this.write();
  }

  /** The figures stand at another step. */
  stepped(): void {
    if (this.#told.figures.held !== this.#linked) this.#linked = null;
    this.write();
  }

  /** Another study is chosen, or none. */
  nameStudy(): void {
    const { study: _, ...view } = this.#view;
    const { study } = this.#told.place;
    this.#view = study === null ? view : { ...view, study };
    this.write();
  }

  write(): void {
    const { run, held, problem, curve } = this.#told.figures;
    // The address of the defaults, and of nothing else, has nothing to write.
    const isPlain = held === null && problem === null && curve === 'any' && location.hash === '';
    if (run.phase.kind === 'waiting' && isPlain) return;
    this.#told.withTable((table) => this.#entries.write(() => this.#written(table)));
  }

  /** As an entry of the history of its own. */
  push(): void {
    this.#told.withTable((table) => this.#entries.push(() => this.#written(table)));
  }

  #written({ permalinkOf }: Table): string {
    const { figures, place } = this.#told;
    const step = figures.held ?? this.#linked;
    return permalinkOf(figures.run.settings, {
      ...this.#view,
      ...(place.room === FIRST_ROOM ? {} : { room: place.room }),
      ...(step === null ? {} : { step }),
      ...(figures.problem === null ? {} : { problem: figures.problem + 1 }),
      ...(figures.curve === 'any' ? {} : { curve: figures.curve }),
    });
  }
}

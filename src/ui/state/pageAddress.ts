import type { View } from '../../run/permalink.ts';
import { FIRST_ROOM } from '../rooms/ids.ts';
import { Address } from './address.ts';
import type { Figures } from './figures.svelte.ts';
import type { Place } from './place.svelte.ts';
import type { Table, WithTable } from './table.ts';

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

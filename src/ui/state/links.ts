import type { ParsedPermalink } from '../../run/permalink.ts';
import type { RunSettings } from '../../run/table.ts';
import type { Figures } from './figures.svelte.ts';
import type { Notices, Remark } from './notices.svelte.ts';
import type { OnScreen } from './onScreen.ts';
import type { PageAddress } from './pageAddress.ts';
import type { Place } from './place.svelte.ts';
import type { WithTable } from './table.ts';

/** Whether a link says how the page is shown, and nothing that has to be computed. */
const isOfNoRun = ({ view: { study, ...shown } }: ParsedPermalink): boolean =>
  study === undefined && Object.keys(shown).length > 0;

/** What of the page a link changes. */
interface Page {
  settings: RunSettings;
  readonly changed: boolean;
  remark: Remark | null;
  readonly figures: Figures;
  readonly place: Place;
  readonly notices: Notices;
  prepare(settings: RunSettings, waits: boolean): void;
}

interface Parts {
  onScreen: OnScreen;
  address: PageAddress | null;
  withTable: WithTable;
}

/** Goes where a link leads: to its settings, its place on the page, and its step. */
export class Links {
  #page: Page;
  #parts: Parts;

  constructor(page: Page, parts: Parts) {
    this.#page = page;
    this.#parts = parts;
  }

  /** Opens the page at a link; null for the defaults. */
  open(link: ParsedPermalink | null): void {
    const page = this.#page;
    if (link) this.#take(link);
    // Who came for no run in particular looks at the recorded one first; nothing that computes is loaded for that.
    page.prepare(page.settings, !link || (!page.changed && isOfNoRun(link)));
    void this.#stand(link?.view.step);
  }

  /** Takes the settings of an address that the reader has changed, now and whenever they do. */
  listen(): void {
    this.#parts.address?.arrive();
    addEventListener('hashchange', () => this.#follow());
  }

  #take({ settings, view, problems }: ParsedPermalink): void {
    const page = this.#page;
    page.settings = settings;
    this.#parts.address?.take(view);
    page.notices.list = [...problems, ...page.place.take(view)];
    page.figures.problem = view.problem === undefined ? null : view.problem - 1;
    page.figures.curve = view.curve ?? 'any';
  }

  /** Goes to the step of a link: back to it in a recorded run, by training as far in a live one. */
  async #stand(step: number | undefined): Promise<void> {
    if (step === undefined) return;
    const page = this.#page;
    const { figures } = page;
    const { run, recorded } = figures;
    const { onScreen, address } = this.#parts;
    const { id } = run;
    address?.link(step);
    address?.write();
    const isWaiting = (): boolean => run.phase.kind === 'waiting';
    if (isWaiting()) await onScreen.recording;
    if (id !== run.id || recorded.own !== 'none') return;
    if (figures.recording && isWaiting()) {
      if (step < figures.latest!.step) figures.held = step;
    } else if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const text = (await import('../../messages/share.ts')).standsAt({ step });
      page.remark = { text, refused: false };
    } else if (step > 0) {
      recorded.begin();
      onScreen.play(Math.min(step, run.settings.steps));
    }
  }

  #follow(): void {
    const page = this.#page;
    const { place, figures } = page;
    const { address, withTable } = this.#parts;
    const isHere = address?.arrive() ?? false;
    withTable(({ parsePermalink }) => {
      const link = parsePermalink(location.hash);
      if (isHere) {
        place.returnTo(link.view.room);
        address?.write();
        return;
      }
      this.#take(link);
      const { step, problem } = link.view;
      const last = figures.latest?.step ?? -1;
      if (!page.changed && step !== undefined && step <= last) {
        figures.held = step < last ? step : null;
        return;
      }
      // A link with the same settings leaves a run as it is; one to a study, or to a problem, leaves also what waits.
      const isWaiting = figures.run.phase.kind === 'waiting';
      if (page.changed || (isWaiting && !(place.seeksStudy || problem)))
        page.prepare(page.settings, false);
      void this.#stand(step);
    });
  }
}

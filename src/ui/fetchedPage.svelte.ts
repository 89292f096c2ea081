import { baseName, shownTo } from '../run/bases.ts';
import { taskName } from '../run/trainSettings.ts';
import { ConnectedPage } from './connectedPage.svelte.ts';
import { fetchEntry, fetchRecording } from './fetched.ts';

/** The task whose recorded run stands in `public/runs/`. */
const RECORDED = 'countdown-3';

/** The page with what it fetches to have something to show before anything is computed. */
export class FetchedPage extends ConnectedPage {
  readonly fetchEntry = fetchEntry;
  #fetchesRecording = false;
  /** Whether another page holds this one, and looks after the address; no recorded run is shown then. */
  protected isPart = false;

  /** Fetches the entry of the base of the run on screen, with the curve that it starts from. */
  protected async showEntry(): Promise<void> {
    const { base } = this.applied;
    const name = baseName(taskName(this.applied), this.applied);
    const isShown = (): boolean =>
      base === 'shipped' &&
      this.entry !== null &&
      name === baseName(this.entry.task, shownTo(this.entry));
    if (isShown()) return;
    this.entry = null;
    if (base !== 'shipped') return;
    const { run } = this;
    const entry = await fetchEntry(name);
    if (run === this.run) this.entry = entry;
  }

  protected async showRecording(): Promise<void> {
    if (this.isPart || this.#fetchesRecording || this.begun || taskName(this.applied) !== RECORDED)
      return;
    this.#fetchesRecording = true;
    try {
      this.recording = await fetchRecording(RECORDED);
    } catch (error) {
      this.notices.push((error as Error).message);
    }
    // Without a recorded run there is something to see only when a live one is ready.
    if (!this.recording) this.wake();
  }
}

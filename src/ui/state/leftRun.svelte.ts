import type { RunSettings } from '../../run/table.ts';
import type { Figures } from './figures.svelte.ts';
import type { OnScreen } from './onScreen.ts';
import type { PageAddress } from './pageAddress.ts';
import { LOADING, untilOf } from './phase.ts';
import type { SessionPort } from './port.svelte.ts';
import type { SavedRun } from './run.svelte.ts';

/** A run that had trained and has been left for another, as long as it can be brought back. */
export interface Kept {
  run: SavedRun;
  /** What the controls said. */
  controls: RunSettings;
  held: number | null;
  /** Its number, and the session that has it. */
  number: number;
  session: number;
}

interface Parts {
  figures: Figures;
  port: SessionPort;
  address: PageAddress | null;
  onScreen: OnScreen;
}

/** The run that was left last, until the reader wants it no more. */
export class LeftRun {
  kept = $state.raw<Kept | null>(null);
  #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Leaves the run on screen by `leave`, and keeps it where it has trained. @param controls what they said before. */
  leaving(controls: RunSettings, leave: () => void): void {
    const { figures, port } = this.#parts;
    const { run } = figures;
    const hasTrained = run.step > (run.branched?.step ?? 0);
    const kept = hasTrained && {
      ...{ run: run.save(), controls: { ...controls }, held: figures.held },
      ...{ number: port.number, session: port.session },
    };
    leave();
    if (kept) this.kept = kept;
  }

  /**
   * Brings it back, with its rows and where it stood. It goes on where its session still has it; else it stays as it was, and
   * Play begins it again.
   *
   * @returns what the controls said; null where there is none.
   */
  bringBack(): RunSettings | null {
    const { kept } = this;
    if (!kept) return null;
    const { figures, port, address, onScreen } = this.#parts;
    const { run } = figures;
    onScreen.leave();
    this.kept = null;
    figures.runs?.recall(kept.run.id);
    const { phase, asked } = kept.run;
    const wasOver = phase.kind === 'failed' || phase.kind === 'cancelled';
    onScreen.begin([], kept.run.id);
    run.restore(kept.run);
    figures.held = kept.held;
    void onScreen.showEntry();
    address?.write();
    if (!wasOver && kept.session === port.session) {
      run.phase = LOADING;
      onScreen.load({ kind: 'back', of: kept.number, from: run.arrivedStep });
      if (phase.kind === 'playing') onScreen.play(untilOf(asked));
    } else {
      port.disconnect();
      run.lose(wasOver ? phase : { kind: 'cancelled', what: '', by: 'reader' });
    }
    return kept.controls;
  }

  /** Nobody wants it back. */
  forget(): void {
    const { port } = this.#parts;
    if (this.kept?.session === port.session) port.send({ kind: 'forget' });
    this.kept = null;
  }
}

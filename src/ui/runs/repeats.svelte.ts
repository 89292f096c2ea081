import type { TrainRow } from '../../experiments/train.ts';
import type { RunSettings } from '../../run/table.ts';
import { connectSession, type Session } from '../../session/client.ts';
import type { ClientEvent } from '../../session/protocol.ts';
import type { ShownRun } from '../../run/tried.ts';

/** What is repeated, and who is told of each run that is done. */
export interface Order {
  settings: RunSettings;
  seeds: readonly number[];
  basesUrl: string;
  newId(): number;
  onRun(run: ShownRun): void;
  /** After the last. */
  onDone(): void;
}

/** Which repeat is being made, and its last step. */
export interface RepeatProgress {
  seed: number;
  /** From 1 on. */
  index: number;
  count: number;
  step: number;
  steps: number;
}

/** Runs the same settings with other seeds, one after another, in a session of their own as fast as they go. */
export class Repeats {
  /** Null while there is none. */
  progress = $state.raw<RepeatProgress | null>(null);
  /** Why the last one has ended early. */
  problem = $state<string | null>(null);
  #session: Session | null = null;

  start(order: Order): void {
    this.cancel();
    this.problem = null;
    const left = [...order.seeds];
    let run = 0;
    let rows: TrainRow[] = [];
    let settings = order.settings;
    let startedAt = 0;

    const next = (): void => {
      const seed = left.shift();
      if (seed === undefined) {
        this.cancel();
        return order.onDone();
      }
      run++;
      rows = [];
      startedAt = Date.now();
      settings = { ...order.settings, seed };
      this.progress = {
        seed,
        index: run,
        count: order.seeds.length,
        step: 0,
        steps: settings.steps,
      };
      this.#session!.send({ kind: 'load', run, settings, basesUrl: order.basesUrl });
      this.#session!.send({ kind: 'play' });
    };
    const handle = (event: ClientEvent): void => {
      if (('run' in event && event.run !== run) || !this.progress) return;
      if (event.kind === 'row') {
        // Without the answers, which nobody looks at.
        const { group: _, ...row } = event.row;
        rows.push(row);
        this.progress = { ...this.progress, step: event.row.step };
      } else if (event.kind === 'failure' || event.kind === 'lost') {
        this.cancel();
        this.problem = event.message;
      } else if (event.kind === 'state' && event.state === 'finished') {
        order.onRun({ id: order.newId(), settings, rows, branched: null, startedAt });
        next();
      }
    };
    this.#session = connectSession(handle);
    next();
  }

  cancel(): void {
    this.#session?.dispose();
    this.#session = null;
    this.progress = null;
  }
}

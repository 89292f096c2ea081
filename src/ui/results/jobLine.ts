import type { Done, FromResultsWorker, Job } from '../../results/jobs.ts';
import { ResultsError } from '../../results/results.ts';
import * as TEXT from '../../messages/results.ts';

/** Does jobs in a worker, one after another. One that is cancelled ends at once, with its worker. */
export class JobLine {
  #worker: Worker | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** @throws ResultsError saying what was wrong, or the reason of the signal. */
  ask<Kind extends Job['kind']>(
    job: Extract<Job, { kind: Kind }>,
    signal: AbortSignal,
    told: (share: number) => void,
  ): Promise<Done[Kind]> {
    const done = this.#turn.then(() => this.#do(job, signal, told));
    this.#turn = done.catch(() => undefined);
    return done as Promise<Done[Kind]>;
  }

  async #do(
    job: Job,
    signal: AbortSignal,
    told: (share: number) => void,
  ): Promise<Done[Job['kind']]> {
    signal.throwIfAborted();
    const worker = (this.#worker ??= newWorker());
    /** Whether the worker can do another job. */
    let isFree = false;
    try {
      return await new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        const lose = (): void => reject(new Error(TEXT.noWorker));
        worker.onerror = lose;
        worker.onmessageerror = lose;
        worker.onmessage = ({ data }: MessageEvent<FromResultsWorker>) => {
          if (data.kind === 'told') return told(data.share);
          isFree = true;
          if (data.kind === 'done') return resolve(data.result);
          const { problem, format, choices } = data;
          reject(
            Object.assign(
              new ResultsError(problem),
              format === undefined ? {} : { format, choices },
            ),
          );
        };
        worker.postMessage(job);
      });
    } finally {
      if (!isFree) {
        worker.terminate();
        this.#worker = null;
      }
    }
  }
}

const newWorker = (): Worker =>
  new Worker(new URL('../../resultsWorker.ts', import.meta.url), { type: 'module' });

import type { Done, FromResultsWorker, Job } from '../../results/jobs.ts';
import * as TEXT from '../../messages/results.ts';

/** Does jobs in a worker, one after another. One that is cancelled ends at once, with its worker. */
export class JobLine {
  #worker: Worker | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** @throws Error saying what was wrong, or the reason of the signal. */
  ask<Kind extends Job['kind']>(
    job: Extract<Job, { kind: Kind }>,
    signal: AbortSignal,
    told: (share: number) => void,
  ): Promise<Done[Kind]> {
    const done = this.#turn.then(() => this.#do(job, signal, told));
    this.#turn = done.catch(() => undefined);
    return done as Promise<Done[Kind]>;
  }

  #do(job: Job, signal: AbortSignal, told: (share: number) => void): Promise<Done[Job['kind']]> {
    signal.throwIfAborted();
    const worker = (this.#worker ??= new Worker(
      new URL('../../resultsWorker.ts', import.meta.url),
      {
        type: 'module',
      },
    ));
    return new Promise<Done[Job['kind']]>((resolve, reject) => {
      /** What it does is of no use any more, or it can do nothing. */
      const end = (reason: Error): void => {
        worker.terminate();
        this.#worker = null;
        reject(reason);
      };
      const cancel = (): void => end(signal.reason as Error);
      signal.addEventListener('abort', cancel);
      worker.onerror = (event) => end(new Error(TEXT.noWorker({ why: event.message ?? '' })));
      worker.onmessage = ({ data }: MessageEvent<FromResultsWorker>) => {
        if (data.kind === 'told') return told(data.share);
        signal.removeEventListener('abort', cancel);
        if (data.kind === 'done') resolve(data.result);
        else reject(new Error(data.problem));
      };
      worker.postMessage(job);
    });
  }
}

import { ResultsError } from './results/results.ts';
import { doJob, type FromResultsWorker, type Job } from './results/jobs.ts';

/** Reads and analyses results off the main thread, one job after another. */
const post = (message: FromResultsWorker): void => self.postMessage(message);

/** Milliseconds between two shares told. */
const TELL_EVERY = 100;

self.onmessage = async ({ data: job }: MessageEvent<Job>) => {
  let toldAt = 0;
  try {
    const result = await doJob(job, (share) => {
      const now = performance.now();
      if (now - toldAt < TELL_EVERY) return;
      toldAt = now;
      post({ kind: 'told', share });
    });
    post({ kind: 'done', result });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const { format, choices } = error instanceof ResultsError ? error : {};
    post({
      ...{ kind: 'failed', problem },
      ...(format === undefined ? {} : { format }),
      ...(choices === undefined ? {} : { choices }),
    });
  }
};

import { analyse } from './analyse.ts';
import type { Asked } from './choices.ts';
import type { Analysis, AnalysisSettings } from './analysis.ts';
import { readResults } from './read.ts';
import type { Choice, Measured, Reading } from './results.ts';
import type { Source } from './source.ts';

/** What takes long: it is done in a worker. */
export type Job =
  | { kind: 'read'; source: Source; asked: Asked }
  | { kind: 'analyse'; models: readonly Measured[]; settings: AnalysisSettings };

/** What comes of it, by its kind. */
export interface Done {
  read: Reading;
  analyse: Analysis;
}

export type FromResultsWorker =
  /** How much of it is done, from 0 to 1. */
  | { kind: 'told'; share: number }
  | { kind: 'done'; result: Done[Job['kind']] }
  /** With what could be chosen otherwise, where that is known. */
  | { kind: 'failed'; problem: string; format?: string; choices?: readonly Choice[] };

/** @throws ResultsError naming what of the source, or of the settings, is as it must not be. */
export const doJob = async (job: Job, told: (share: number) => void): Promise<Done[Job['kind']]> =>
  job.kind === 'read'
    ? readResults(job.source, job.asked, (bytes) => told(bytes / Math.max(1, job.source.blob.size)))
    : analyse(job.models, job.settings, told);

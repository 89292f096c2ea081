import type { Progress, SessionState } from '../../session/protocol.ts';

/**
 * Where the run on screen stands. Two things are apart from it. What the figures show: a recorded run is looked at while
 * the reader's own waits, and stays while that is being set up (`Figures.recording`). Where a run comes from: one of a
 * file is loaded, paused and played like any other (`LiveRun.kept`).
 */
export type Phase =
  /** Nothing has been set up, since there is something to look at before: a recorded run, or the question of a chapter. */
  | { readonly kind: 'waiting' }
  /** It is being set up, rests between two steps, trains, or is at its end; with what is being computed that takes long. */
  | {
      readonly kind: 'loading' | 'paused' | 'playing' | 'finished';
      readonly progress: Progress | null;
    }
  /** It has stopped by itself; `why` is '' until that is told. */
  | { readonly kind: 'failed'; readonly why: string }
  /** It was stopped while it did `what`, and its session is gone: by the reader, or by the page around it. */
  | { readonly kind: 'cancelled'; readonly what: string; readonly by: 'reader' | 'page' };

export const WAITING: Phase = { kind: 'waiting' };
export const LOADING: Phase = { kind: 'loading', progress: null };

/** What is being computed that takes long; null where nothing does. */
export const progressOf = (phase: Phase): Progress | null =>
  'progress' in phase ? phase.progress : null;

/** After what a session has said of its run; why that has failed is told apart, before or after. */
export function withState(phase: Phase, state: SessionState): Phase {
  if (state !== 'failed') return { kind: state, progress: progressOf(phase) };
  return phase.kind === 'failed' ? phase : { kind: 'failed', why: '' };
}

/** With other progress, where the run is one that can have some. */
export const withProgress = (phase: Phase, progress: Progress | null): Phase =>
  'progress' in phase ? { ...phase, progress } : phase;

/** Whether Play has to begin again. */
export const isOver = ({ kind }: Phase): boolean =>
  kind === 'finished' || kind === 'failed' || kind === 'cancelled';

/** Whether a single step can be made: one of a run that was cancelled begins it again. */
export const canStep = ({ kind }: Phase): boolean =>
  kind === 'waiting' || kind === 'paused' || kind === 'cancelled';

/**
 * What the reader has asked of the run last. It may be asked while the run is still being set up, and counts when it
 * rests again; so it is no part of the phase.
 */
export type Asked =
  | { readonly kind: 'nothing' }
  /** Until a step; null for the end of the run. */
  | { readonly kind: 'play'; readonly until: number | null }
  | { readonly kind: 'step' }
  /** To leave off an evaluation, and wait; `of` is what it was a part of. */
  | { readonly kind: 'interrupt'; readonly of: 'play' | 'step' };

export const NOTHING: Asked = { kind: 'nothing' };

/** Whether the last row came by Step and not by Play. */
export const isStepwise = (asked: Asked): boolean =>
  asked.kind === 'step' || (asked.kind === 'interrupt' && asked.of === 'step');

/** The step that the training stops at; null for the end of the run. */
export const untilOf = (asked: Asked): number | null =>
  asked.kind === 'play' ? asked.until : null;

import { branchProblem } from '../../run/branch.ts';
import type { Playground } from '../state/playground.svelte.ts';
import * as TEXT from '../../messages/more.ts';

/** The latest checkpoint at or before the step that the figures show; null where there is none. */
export function branchStep({ run, figures }: Playground): number | null {
  if (figures.recording) return null;
  const at = figures.cursor ?? run.step;
  return run.checkpoints.findLast((step) => step <= at) ?? null;
}

/** Why the run on screen cannot branch off there with the settings of the controls, in words; null if it can. */
export function branchRefusal(playground: Playground): string | null {
  const { run, figures, settings, changed } = playground;
  if (figures.recording) return TEXT.recordedNoBranch;
  const step = branchStep(playground);
  if (step === null) return TEXT.noCheckpoint;
  if (!changed) return TEXT.sameSettings({ step });
  const problem = branchProblem(run.settings, settings, step);
  return problem === null ? null : TEXT.noBranch({ step, problem });
}

/** Branches off, or says why not. */
export function branchHere(playground: Playground): void {
  const refusal = branchRefusal(playground);
  const step = branchStep(playground);
  if (refusal !== null || step === null) {
    playground.remark = { text: refusal ?? TEXT.noCheckpoint, refused: true };
    return;
  }
  playground.branch(step);
  playground.remark = { text: TEXT.branchDone({ step }), refused: false };
}

/** Keeps the run on screen as a ghost, or lets it go again. */
export function togglePin(playground: Playground): void {
  const { run, figures } = playground;
  const { runs } = figures;
  if (!runs || playground.figures.showsRecording || run.step === 0)
    playground.remark = { text: TEXT.nothingToPin, refused: true };
  else if (runs.isPinned(run.id)) runs.unpin(run.id);
  else playground.pin();
}

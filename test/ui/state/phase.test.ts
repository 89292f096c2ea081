import { describe, expect, it } from 'vitest';
import {
  canStep,
  isOver,
  isStepwise,
  LOADING,
  NOTHING,
  progressOf,
  untilOf,
  WAITING,
  withProgress,
  withState,
  type Phase,
} from '../../../src/ui/state/phase.ts';

const progress = { label: 'drawing', done: 1, total: 2 };
const CANCELLED: Phase = { kind: 'cancelled', what: 'drawing', by: 'reader' };
const FAILED: Phase = { kind: 'failed', why: 'it has ended' };

describe('the phase of a run', () => {
  it('is what its session says, and what is being computed goes on', () => {
    const loading = withProgress(LOADING, progress);
    expect(withState(loading, 'paused')).toEqual({ kind: 'paused', progress });
    expect(withState(WAITING, 'loading')).toEqual(LOADING);
    expect(progressOf(withProgress(loading, null))).toBeNull();
  });

  it('is failed with its reason, whichever of both is heard first', () => {
    expect(withState(FAILED, 'failed')).toBe(FAILED);
    expect(withState(LOADING, 'failed')).toEqual({ kind: 'failed', why: '' });
  });

  it.each([WAITING, FAILED, CANCELLED])(
    'has no progress where nothing computes: $kind',
    (phase) => {
      expect(withProgress(phase, progress)).toBe(phase);
      expect(progressOf(phase)).toBeNull();
    },
  );

  it('says what Play and Step do', () => {
    const phases: Phase[] = [
      WAITING,
      ...(['loading', 'paused', 'playing', 'finished'] as const).map((kind): Phase => ({
        kind,
        progress: null,
      })),
      ...[FAILED, CANCELLED],
    ];
    const kinds = (of: (phase: Phase) => boolean) => phases.filter(of).map(({ kind }) => kind);
    expect(kinds(isOver)).toEqual(['finished', 'failed', 'cancelled']);
    expect(kinds(canStep)).toEqual(['waiting', 'paused', 'cancelled']);
  });
});

describe('what was asked of a run', () => {
  it('tells a run that is stepped through, also after an evaluation was left off', () => {
    expect(isStepwise({ kind: 'step' })).toBe(true);
    expect(isStepwise({ kind: 'interrupt', of: 'step' })).toBe(true);
    expect(isStepwise({ kind: 'interrupt', of: 'play' })).toBe(false);
    expect(isStepwise({ kind: 'play', until: 3 })).toBe(false);
  });

  it('is to stop at a step or at the end', () => {
    expect(untilOf({ kind: 'play', until: 3 })).toBe(3);
    expect([untilOf({ kind: 'play', until: null }), untilOf(NOTHING)]).toEqual([null, null]);
  });
});

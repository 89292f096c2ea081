import { mean } from '../../core/statistics.ts';
import { claimOf, directionOf, valuesOf } from './claims.ts';
import { measureNamed } from './measures.ts';
import type { RecordedArm, RecordedClaim } from './recorded.ts';
import type { PaperSpec } from './study.ts';

/**
 * The least difference of shares that is worth the name: 2 points. An interval that lies within it excludes an effect, one
 * that reaches beyond it and includes 0 tells nothing apart, and a number that has less room cannot show one.
 */
export const WORTH = 0.02;

/** What is left of a measure's range in the direction that a paper reports, from what the toy compares with. */
export interface Room {
  left: number;
  from: number;
}

/** What a paper reports beside what the toy shows. */
export interface Verdict {
  paper: PaperSpec;
  claim: RecordedClaim;
  /** Of the toy, see {@link directionOf}. */
  sign: 1 | -1 | 0 | null;
  /**
   * `same` sign; `differs`: the toy has the other one, or an interval that excludes what is worth the name; `untold`: an
   * interval that includes 0 and more; `cannot`: the toy could not have shown it.
   */
  kind: 'same' | 'differs' | 'untold' | 'cannot';
  /** Where the toy has too little of it. */
  room: Room | null;
}

/** How much a share can still change as the paper says; null of what has no bounds, or does not change there. */
function roomOf(paper: PaperSpec, arms: readonly RecordedArm[]): Room | null {
  if (paper.sign === 0 || paper.against === null || !measureNamed(paper.measure).isShare)
    return null;
  const before = valuesOf(paper, arms).map(({ then }) => then);
  if (before.includes(null)) return null;
  const from = mean(before as number[]);
  return { left: paper.sign > 0 ? 1 - from : from, from };
}

/**
 * Holds what a paper reports against the toy. Only where the toy does not show it does it matter whether it could have:
 * where less room is left than {@link WORTH} or than half the interval, the verdict is that it cannot be told here.
 */
export function verdictOf(paper: PaperSpec, arms: readonly RecordedArm[]): Verdict {
  const claim = claimOf(paper, arms);
  const sign = directionOf(claim);
  const { isShare } = measureNamed(paper.measure);
  const half = claim.half ?? 0;
  const room = roomOf(paper, arms);
  const excludesEffect = isShare === true && sign !== null && Math.abs(claim.mean!) + half < WORTH;
  const tight = room !== null && room.left < Math.max(WORTH, half) ? room : null;
  const verdict = (kind: Verdict['kind']): Verdict => ({ paper, claim, sign, kind, room: tight });
  if (paper.cannot !== undefined) return verdict('cannot');
  if (sign === null) return verdict('untold');
  if (paper.sign === 0) {
    if (excludesEffect || (sign === 0 && !isShare)) return verdict('same');
    return verdict(sign === 0 ? 'untold' : 'differs');
  }
  if (sign === paper.sign) return verdict('same');
  if (tight) return verdict('cannot');
  return verdict(sign !== 0 || excludesEffect ? 'differs' : 'untold');
}

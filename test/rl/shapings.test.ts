import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import {
  SHAPINGS,
  shapeAdvantages,
  type ShapedBatch,
  type ShapedGroup,
  type ShapingName,
} from '../../src/rl/shapings.ts';

const NAMES = Object.keys(SHAPINGS) as ShapingName[];
const ln = Math.log;

/** Right, right, wrong, right; the last two right ones have means of ln ½ and ln ¼ a token. */
const group: ShapedGroup = {
  outcomes: [1, 0, 1, 1],
  logProbs: [ln(0.25), ln(0.1), ln(0.25), ln(0.25)],
  lengths: [1, 3, 2, 1],
  names: ['7', '7 8 9', '1 2', '7'],
};

describe('shapings, worked for a group of four', () => {
  it('smoothing: −γ log π_old for right and +γ log π_old for wrong answers', () => {
    const plus = SHAPINGS.smoothing.ofGroup(group, 0.5).map((change) => change.plus);
    [0.5 * ln(4), -0.5 * ln(10), 0.5 * ln(4), 0.5 * ln(4)].forEach((value, i) =>
      expect(plus[i]).toBeCloseTo(value, 12),
    );
  });

  it('uniform: the part τ of the push goes by one over the likeliness of a token', () => {
    // q ∝ ¼, ½, ¼; 1/q ∝ 4, 2, 4, a share of 0.4, 0.2, 0.4; n = 3: 3 · (0.7/3 + 0.3 · 0.4) = 1.06.
    const times = SHAPINGS.uniform.ofGroup(group, 0.3).map((change) => change.times);
    [1.06, 1, 0.88, 1.06].forEach((value, i) => expect(times[i]).toBeCloseTo(value, 12));
  });

  it('repeats: c / G for every other answer that is the same', () => {
    const plus = SHAPINGS.repeats.ofGroup(group, 0.8).map((change) => change.plus);
    [-0.2, 0, 0, -0.2].forEach((value, i) => expect(plus[i]).toBeCloseTo(value, 12));
  });
});

/** B random answers of up to 3 tokens among 2 kinds, so that many repeat. */
function randomBatch(seed: number, B: number, groupSize: number): ShapedBatch {
  const random = uniformSequence({ seed, stream: 99, step: 0 });
  const T = 3;
  return {
    ...{ groupSize, T },
    lengths: Int32Array.from({ length: B }, () => 1 + Math.floor(3 * random())),
    outcomes: Array.from({ length: B }, () => Number(random() < 0.5)),
    logProbs: Float32Array.from({ length: B * T }, () => ln(random())),
    responses: Int32Array.from({ length: B * T }, () => Math.floor(2 * random())),
  };
}

describe.each(NAMES)('%s', (name) => {
  const batch = randomBatch(3, 12, 4);
  const advantages = (): Float64Array =>
    Float64Array.from({ length: 36 }, (_, at) =>
      at % 3 < batch.lengths[Math.floor(at / 3)]! ? 1 + at : 0,
    );
  const shaped = (of: ShapedBatch, strength: number): number[] => {
    const changed = advantages();
    shapeAdvantages(name, changed, of, strength);
    return [...changed];
  };

  it('with strength 0 changes nothing', () => {
    shaped(batch, 0).forEach((value, at) => expect(value).toBeCloseTo(advantages()[at]!, 12));
  });

  it('changes all tokens of an answer alike, and none after its end', () => {
    shaped(batch, 0.4).forEach((value, at) => {
      const b = Math.floor(at / 3);
      if (at % 3 >= batch.lengths[b]!) expect(value).toBe(0);
      expect(Number.isFinite(value)).toBe(true);
    });
  });

  it('sees nothing of other groups', () => {
    const other = { ...batch, outcomes: batch.outcomes.map((o, b) => (b < 4 ? 1 - o : o)) };
    expect(shaped(other, 0.4).slice(12)).toEqual(shaped(batch, 0.4).slice(12));
  });
});

describe('properties', () => {
  const groups = Array.from({ length: 50 }, (_, seed): ShapedGroup => {
    const { outcomes, logProbs, responses, lengths } = randomBatch(seed, 8, 8);
    return {
      ...{ outcomes, lengths: [...lengths], logProbs: [...logProbs.subarray(0, 8)] },
      names: Array.from({ length: 8 }, (_, i) => responses.slice(3 * i, 3 * i + 2).join(' ')),
    };
  });

  it('uniform keeps the push on right answers as a whole, and gives less to the likelier', () => {
    for (const { outcomes, logProbs, lengths, names } of groups) {
      const changes = SHAPINGS.uniform.ofGroup({ outcomes, logProbs, lengths, names }, 0.7);
      const right = outcomes.flatMap((outcome, i) => (outcome === 1 ? [i] : []));
      const sum = right.reduce((total, i) => total + changes[i]!.times, 0);
      expect(sum).toBeCloseTo(right.length, 10);
      const likely = (i: number) => logProbs[i]! / lengths[i]!;
      const byLikeliness = right.toSorted((a, b) => likely(a) - likely(b));
      byLikeliness
        .slice(1)
        .forEach((i, at) =>
          expect(changes[i]!.times).toBeLessThanOrEqual(changes[byLikeliness[at]!]!.times),
        );
    }
  });

  it('repeats is −c/G times the pairs that are the same (a slow twin counts them)', () => {
    for (const each of groups)
      SHAPINGS.repeats.ofGroup(each, 0.5).forEach(({ plus }, i) => {
        const same = each.names.filter((name, j) => j !== i && name === each.names[i]).length;
        expect(plus).toBeCloseTo((-0.5 * same) / 8, 12);
      });
  });
});

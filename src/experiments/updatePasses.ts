import { exp } from '../core/elementary.ts';
import {
  begunOf,
  drawnLengths,
  type Policy,
  type Scores,
  type UpdateReport,
  type UpdateRequest,
} from '../policy/policy.ts';
import { AGGREGATIONS } from '../rl/aggregations.ts';
import type { JudgedDraw } from '../rl/rollouts.ts';
import { logRatios, SURROGATES, type Surrogate } from '../rl/surrogates.ts';
import type { PassTokens, UpdatePass } from './dissection.ts';
import type { TrainSettings } from './trainSettings.ts';

/** An update that a policy was asked for, with log π of its tokens just before. */
export interface WatchedUpdate {
  request: UpdateRequest;
  report: UpdateReport;
  logProbs: Float32Array;
}

/** The same policy, but each of its updates is kept. */
export function watchUpdates(
  policy: Policy,
  { staleness, truncation }: Pick<TrainSettings, 'staleness' | 'truncation'>,
): { policy: Policy; updates: WatchedUpdate[] } {
  // A step on fresh rollouts makes its first update with their own log-probabilities, and so does one that weighs them.
  const scoresFirst = staleness > 0 && truncation === 0;
  const updates: WatchedUpdate[] = [];
  let latest: Scores | null = null;
  const watched: Policy = {
    ...policy,
    async score(request) {
      latest = await policy.score(request);
      return latest;
    },
    async update(request) {
      const old = (request.batch as JudgedDraw['rollouts']).logProbs;
      const { logProbs } =
        (scoresFirst || updates.length > 0) && latest ? latest : { logProbs: old };
      const report = await policy.update(request);
      updates.push({ request, report, logProbs });
      return report;
    },
  };
  return { policy: watched, updates };
}

/** What each update did with the sequences of one group. */
export function passesOf(
  updates: readonly WatchedUpdate[],
  { rollouts, problems }: JudgedDraw,
  group: number,
  settings: TrainSettings,
  advantages: Float64Array,
): UpdatePass[] {
  const B = rollouts.lengths.length;
  const G = B / problems.length;
  const T = advantages.length / B;
  let from = 0;
  let epoch = 1;
  let minibatch = 0;
  return updates.map(({ request, report, logProbs }) => {
    const sequences = request.batch.lengths.length;
    const first = group * G - from;
    const isHere = first >= 0 && first < sequences;
    const old = request.batch as JudgedDraw['rollouts'];
    const tokens = drawnLengths(old).reduce((sum, length) => sum + length, 0);
    const pass: UpdatePass = {
      epoch,
      minibatch: ++minibatch,
      gradientNorm: report.gradientNorm,
      scale: Math.min(1, settings.optimizer.maxGradNorm / report.gradientNorm),
      ...{ sequences, tokens },
      group: isHere
        ? tokensOf({
            ...{ old, logProbs, first, G, T, tokens },
            weights: request.weights.logProb,
            advantages: advantages.subarray(from * T),
            settings,
          })
        : null,
    };
    from += sequences;
    if (from === B) [from, epoch, minibatch] = [0, epoch + 1, 0];
    return pass;
  });
}

interface PassInput {
  /** The minibatch, as it was drawn, and log π of its tokens before the update. */
  old: JudgedDraw['rollouts'];
  logProbs: Float32Array;
  weights: Float32Array;
  advantages: Float64Array;
  /** Where in it the group begins. */
  first: number;
  G: number;
  T: number;
  tokens: number;
  settings: TrainSettings;
}

function tokensOf(input: PassInput): PassTokens {
  const { old, logProbs, weights, advantages, first, G, T, tokens, settings } = input;
  const { ofToken }: Surrogate = SURROGATES[settings.surrogate];
  const { share } = AGGREGATIONS[settings.aggregation];
  const found: PassTokens = { ratios: [], clipped: [], weights: [], shares: [] };
  for (let b = first; b < first + G; b++) {
    const length = old.lengths[b]!;
    const start = b * T;
    const given = begunOf(old, b);
    const drawn = length - given;
    const logs = [
      ...Array<number>(given).fill(0),
      ...logRatios(settings.ratio, logProbs, old.logProbs, start + given, drawn),
    ];
    found.ratios.push(logs.map(exp));
    found.clipped.push(
      logs.map((log, t) => {
        const at = start + t;
        return ofToken(log, logProbs[at]!, advantages[at]!, settings).clipped;
      }),
    );
    found.weights.push(Array.from(weights.subarray(start, start + length)));
    found.shares.push(share(drawn, old.lengths.length, tokens, T));
  }
  return found;
}

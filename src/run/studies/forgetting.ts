import { DOMAINS } from '../../experiments/domains.ts';
import { atFirstReach } from './firstReach.ts';
import { less, scalar, type Measure, type Moment } from './measure.ts';

/** The domain that is trained on, and the one that is not. */
const [ON, OFF] = ['countdown', 'programs'] as const;
const ON_LABEL = DOMAINS[ON].label;
const OFF_LABEL = DOMAINS[OFF].label;
const passAt = (domain: string, k: number): string => `heldOut.domains.${domain}.${k}`;
const KL = `heldOut.forwardKl.${ON}.kl`;
const KL_LABEL = `forward KL on ${ON_LABEL}`;

/** pass@1 gained on the domain that is trained on, and nats an answer. All strengths of training come to the first gain. */
const GAINS = [0.05, 0.1] as const;
const DISTANCES = [0.5] as const;

/** What has been gained so far, at every evaluation. */
function gained({ column }: Moment): (number | null)[] {
  const path = passAt(ON, 1);
  const [first = null] = column(path);
  return column(path).map((value) => less(value, first));
}

/** What the other domain has lost so far. */
function lost({ column }: Moment, k: number): (number | null)[] {
  const path = passAt(OFF, k);
  const [first = null] = column(path);
  return column(path).map((value) => less(first, value));
}

const lostLabel = (k: number): string => `pass@${k} lost on ${OFF_LABEL}`;
const atGain = (gain: number): string => `where pass@1 on ${ON_LABEL} is up by ${gain}`;
const atDistance = (nats: number): string => `where the ${KL_LABEL} is ${nats}`;

/** What training on one domain costs the other, when it has gained as much, or moved as far. */
export const FORGETTING: Readonly<Record<string, Measure>> = {
  'forward KL': scalar(`${KL_LABEL} (nats an answer)`, 2, KL),
  'forward KL error': scalar(`standard error of the ${KL_LABEL}`, 3, KL.replace(/kl$/, 'error')),
  gained: {
    label: `pass@1 gained on ${ON_LABEL}`,
    ...{ digits: 3, isDifference: true },
    of: (now) => gained(now).at(-1) ?? null,
  },
  ...Object.fromEntries(
    [1, 256].flatMap((k): [string, Measure][] => [
      [
        `lost@${k}`,
        {
          label: lostLabel(k),
          ...{ digits: 4, isDifference: true },
          of: (now) => lost(now, k).at(-1) ?? null,
        },
      ],
      ...GAINS.map((gain): [string, Measure] => [
        `lost@${k} at gain ${gain}`,
        {
          label: `${lostLabel(k)} ${atGain(gain)}`,
          ...{ digits: 4, isDifference: true },
          of: (now) => atFirstReach(gained(now), lost(now, k), gain),
        },
      ]),
      ...DISTANCES.map((nats): [string, Measure] => [
        `lost@${k} at KL ${nats}`,
        {
          label: `${lostLabel(k)} ${atDistance(nats)}`,
          ...{ digits: 4, isDifference: true },
          of: (now) => atFirstReach(now.column(KL), lost(now, k), nats),
        },
      ]),
    ]),
  ),
  ...Object.fromEntries(
    GAINS.map((gain): [string, Measure] => [
      `forward KL at gain ${gain}`,
      {
        label: `${KL_LABEL} ${atGain(gain)}`,
        digits: 3,
        of: (now) => atFirstReach(gained(now), now.column(KL), gain),
      },
    ]),
  ),
};

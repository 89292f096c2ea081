import { meanPassAtK, meanPassHatK, REPORTED_KS } from '../../core/passAtK.ts';
import { DOMAINS } from '../../experiments/domains.ts';
import { LARGEST_SIZE } from '../../tasks/task.ts';
import { less, ofScalars, scalar, type Measure } from './measure.ts';

const passAt = (k: number): [string, Measure] => [
  `pass@${k}`,
  {
    label: `pass@${k}`,
    ...{ digits: 3, isShare: true },
    path: `heldOut.passAt.${k}`,
    of: ({ p }) => meanPassAtK(p, k),
  },
];

/** All of k samples right; the k at which reliability is asked for are small. */
const passHat = (k: number): [string, Measure] => [
  `pass^${k}`,
  {
    label: `pass^${k} (all of ${k} right)`,
    ...{ digits: 3, isShare: true },
    of: ({ p }) => meanPassHatK(p, k),
  },
];
const HAT_KS = [2, 4, 8] as const;

const soundPassAt = (k: number): [string, Measure] => [
  `sound pass@${k}`,
  {
    label: `sound pass@${k} (CoT-pass@${k})`,
    ...{ digits: 3, isShare: true },
    path: `heldOut.soundPassAt.${k}`,
    of: ({ soundP }) => (soundP ? meanPassAtK(soundP, k) : null),
  },
];

/** What as many samples as were drawn of each problem estimate, beside the exact value. */
const sampledPassAt = (k: number): [string, Measure][] => {
  const exact = `heldOut.passAt.${k}`;
  const sampled = `heldOut.sampled.passAt.${k}`;
  const error = `heldOut.sampled.standardError.${k}`;
  const difference = (label: string): Measure => ({
    ...ofScalars(label, 3, (read) => less(read(sampled), read(exact))),
    isDifference: true,
  });
  const ofChains = `pass@${k} of the chains’ answers`;
  return [
    [`sampled pass@${k}`, scalar(`pass@${k} estimated from samples`, 3, sampled)],
    [`sampled pass@${k} less exact`, difference(`pass@${k} estimated from samples less the exact`)],
    [`error of pass@${k}`, scalar(`standard error of pass@${k} estimated from samples`, 3, error)],
    [`chain pass@${k}`, { ...scalar(ofChains, 3, sampled), isDrawn: true }],
    [
      `chain pass@${k} less target`,
      { ...difference(`${ofChains} less that of their target`), isDrawn: true },
    ],
  ];
};

const beyondPassAt = (k: number): [string, Measure] => [
  `beyond pass@${k}`,
  {
    label: `pass@${k} beyond the prior`,
    ...{ digits: 4, isShare: true },
    path: `beyond.passAt.${k}`,
    of: ({ beyondP }) => (beyondP ? meanPassAtK(beyondP, k) : null),
  },
];

/** On the problems that need the skill which demonstrations show rarely, and on the others. */
const rarePassAt = (k: number): [string, Measure][] => [
  [
    `rare pass@${k}`,
    {
      label: `pass@${k} on problems that need the rare skill`,
      digits: 3,
      isShare: true,
      of: ({ p, needing }) =>
        needing.length === 0
          ? null
          : meanPassAtK(
              needing.map((i) => p[i]!),
              k,
            ),
    },
  ],
  [
    `common pass@${k}`,
    {
      label: `pass@${k} on problems that do not need the rare skill`,
      digits: 3,
      isShare: true,
      of({ p, needing }) {
        const others = p.filter((_, i) => !needing.includes(i));
        return others.length === 0 ? null : meanPassAtK(others, k);
      },
    },
  ],
];

const trainPassAt = (k: number): [string, Measure] => {
  const path = `train.passAt.${k}`;
  return [path, { ...scalar(`pass@${k} on training problems`, 3, path), isShare: true }];
};

/** Sizes that have problems of their own; a problem of size 0 needs no operation. */
const SIZES = Array.from({ length: LARGEST_SIZE + 1 }, (_, size) => size);

const operations = (size: number): string =>
  size === 1 ? '1 operation' : `${size === 0 ? 'no' : size} operations`;

const sizePassAt = (k: number): [string, Measure][] =>
  SIZES.map((size) => [
    `pass@${k} of size ${size}`,
    {
      label: `pass@${k} on problems of ${operations(size)}`,
      digits: 3,
      isShare: true,
      of({ p, sizes }) {
        const found = p.filter((_, i) => sizes?.[i] === size);
        return found.length === 0 ? null : meanPassAtK(found, k);
      },
    },
  ]);

const domainPassAt = (k: number): [string, Measure][] =>
  Object.entries(DOMAINS)
    .filter(([domain]) => domain !== 'all')
    .map(([domain, { label }]) => {
      const path = `heldOut.domains.${domain}.${k}`;
      return [path, { ...scalar(`pass@${k} on ${label}`, 3, path), isShare: true }];
    });

/** pass@k at every reported k, of all problems and of some, exact and estimated, and pass^k. */
export const PASS_AT_K: Readonly<Record<string, Measure>> = Object.fromEntries([
  ...REPORTED_KS.flatMap((k) => [
    passAt(k),
    soundPassAt(k),
    beyondPassAt(k),
    ...rarePassAt(k),
    ...sampledPassAt(k),
    ...domainPassAt(k),
    ...sizePassAt(k),
    trainPassAt(k),
  ]),
  ...HAT_KS.map(passHat),
]);

import { curveKs, meanPassAtK } from '../../core/passAtK.ts';
import { say } from '../../text/words.ts';
import { FIGURE_WORDS, PICTURE } from '../words.ts';
import { even, odds, percent, powers } from './axes.ts';
import { drawCells } from './cells.ts';
import { drawPlanes, type Line, type Plane } from './plane.ts';

/** What is known of a run before it is made here: all of a recorded one, or only its base. */
export interface Seen {
  baseP?: readonly number[] | undefined;
  p?: readonly number[] | undefined;
  /** At which the run ends. */
  steps: number;
  trained?:
    | {
        steps: readonly number[];
        reward: readonly number[];
        entropy: readonly number[];
        accuracy?: readonly number[] | undefined;
      }
    | undefined;
  evaluated?:
    { steps: readonly number[]; passAt: Readonly<Record<string, readonly number[]>> } | undefined;
  beyond?:
    { chanceP?: readonly number[]; baseP?: readonly number[]; p?: readonly number[] } | undefined;
  weight?: { p: readonly number[]; of: readonly number[] } | undefined;
}

export interface Picture {
  name: string;
  title: string;
  /** A sentence below the title, where the drawing does not tell itself what it is. */
  note: string;
  draw(width: number, height: number): SVGElement;
}

const LARGEST = 1024;
const FAR = 1e6;
const LOWEST = 1e-6;

const zipped = (xs: readonly number[], ys: readonly number[]): (readonly [number, number])[] =>
  xs.map((x, i) => [x, ys[i]!] as const);

/** Such as `base: 0.111 at k = 1, 0.894 at k = 1024`. */
const ends = ({ label, points }: Line, format: (y: number) => string, x: string): string =>
  say(PICTURE.ends, {
    ...{ name: label, x, from: points[0]![0], to: points.at(-1)![0] },
    ...{ first: format(points[0]![1]), last: format(points.at(-1)![1]) },
  });

/** How a picture is put into words. */
interface Told {
  format(y: number): string;
  note: string;
  /** In the place of lines, where there are none. */
  none: string;
}

const threeDigits = (y: number): string => y.toFixed(3);

function planes(
  name: string,
  made: readonly Plane[],
  x: string,
  { format = threeDigits, note = '', none = PICTURE.none }: Partial<Told> = {},
): Picture {
  const lines = made.flatMap((plane) => plane.lines);
  const title = FIGURE_WORDS[name]!;
  const told = lines.map((line) => ends(line, format, x)).join('; ');
  const label = told || `${title}: ${none}`;
  return {
    ...{ name, title, note: told ? note : '' },
    draw: (width, height) => drawPlanes(made, { width, height, label, none }),
  };
}

const curve = (
  ps: readonly (readonly [name: string, label: string, p: readonly number[] | undefined])[],
  ks: readonly number[],
): Line[] =>
  ps.flatMap(([name, label, p]) =>
    p ? [{ name, label, points: ks.map((k) => [k, meanPassAtK(p, k)] as const) }] : [],
  );

const stepsAxis = ({ steps }: Seen) => even(Math.max(steps, 1), PICTURE.steps);

const overSteps = (
  seen: Seen,
  yTitle: string,
  lines: readonly (readonly [name: string, label: string, ys: readonly number[] | undefined])[],
  end = 1,
): Plane => ({
  x: stepsAxis(seen),
  y: even(end, yTitle),
  lines: lines.flatMap(([name, label, ys]) =>
    ys ? [{ name, label, points: zipped(seen.trained!.steps, ys) }] : [],
  ),
});

const entropyPlane = (seen: Seen): Plane => {
  const entropy = seen.trained?.entropy;
  const end = Math.ceil(2 * Math.max(1, ...(entropy ?? []))) / 2;
  return overSteps(seen, PICTURE.entropyAxis, [['entropy', PICTURE.entropy, entropy]], end);
};

const KS = ['1', '16', '256', '1024'];

/** By the names of the figures that links use. */
const PICTURES: Readonly<Record<string, (seen: Seen) => Picture>> = {
  passk: ({ baseP, p }) =>
    planes(
      'passk',
      [
        {
          x: powers([1, LARGEST], 4, PICTURE.kAxis),
          y: even(1, PICTURE.passAtK),
          lines: curve(
            [
              ['base', PICTURE.base, baseP],
              ['now', PICTURE.now, p],
            ],
            curveKs(LARGEST, 2, 4),
          ),
        },
      ],
      'k',
    ),
  training: (seen) => {
    const { evaluated, baseP } = seen;
    const of = (k: string) =>
      evaluated
        ? zipped(evaluated.steps, evaluated.passAt[k] ?? [])
        : baseP
          ? [[0, meanPassAtK(baseP, Number(k))] as const]
          : [];
    const passAt: Plane = {
      x: stepsAxis(seen),
      y: even(1, PICTURE.passAtK),
      share: 1.6,
      lines: KS.map((k) => ({ name: `k${k}`, label: `pass@${k}`, points: of(k) })).filter(
        ({ points }) => points.length > 0,
      ),
    };
    return planes('training', [passAt, entropyPlane(seen)], PICTURE.step);
  },
  entropy: (seen) => planes('entropy', [entropyPlane(seen)], PICTURE.step),
  reward: (seen) =>
    planes(
      'reward',
      [
        overSteps(seen, PICTURE.rewardAxis, [
          ['reward', PICTURE.reward, seen.trained?.reward],
          ['accuracy', PICTURE.accuracy, seen.trained?.accuracy],
        ]),
      ],
      PICTURE.step,
    ),
  problems: ({ baseP = [], p }) => {
    const [name, title] = ['problems', FIGURE_WORDS['problems']!];
    const label = say(PICTURE.cells, { count: baseP.length });
    return {
      ...{
        name,
        title,
        note: baseP.length === 0 ? '' : p ? PICTURE.cellsNote : PICTURE.baseCellsNote,
      },
      draw: (width, height) =>
        baseP.length > 0
          ? drawCells(baseP, p ?? null, { width, height, label })
          : drawPlanes([], { width, height, label, none: PICTURE.none }),
    };
  },
  beyond: ({ beyond, baseP }) =>
    planes(
      'beyond',
      [
        {
          x: powers([1, FAR], 10, PICTURE.kAxis),
          y: powers([LOWEST, 1], 10, PICTURE.beyondAxis, percent),
          lines: curve(
            [
              ['chance', PICTURE.chance, beyond?.chanceP],
              ['base', PICTURE.base, beyond?.baseP],
              ['now', PICTURE.now, beyond?.p],
            ],
            curveKs(FAR, 10, 4),
          )
            // What lies below the axis is not drawn, as in the live figure.
            .map((line) => ({ ...line, points: line.points.filter(([, y]) => y >= LOWEST) }))
            .filter(({ points }) => points.length > 0),
        },
      ],
      'k',
      {
        format: percent,
        note: PICTURE.beyondNote,
        none: baseP && !beyond ? PICTURE.noneBeyond : PICTURE.none,
      },
    ),
  weight: ({ weight }) =>
    planes(
      'weight',
      [
        {
          x: odds(PICTURE.pAxis),
          y: even(1.08 * Math.max(0.1, ...(weight?.of ?? [])), PICTURE.weightAxis),
          lines: weight
            ? [{ name: 'now', label: PICTURE.weightAxis, points: zipped(weight.p, weight.of) }]
            : [],
        },
      ],
      'p',
    ),
};

/** The pictures of figures, in their order; a name that is none of a figure has none. */
export const picturesOf = (names: readonly string[], seen: Seen): Picture[] =>
  names.flatMap((name) => (Object.hasOwn(PICTURES, name) ? [PICTURES[name]!(seen)] : []));

import type { TrainRow } from '../experiments/train.ts';

/** The rows of a run that goes on for as long as the reader likes, in bounded memory. */
export interface BoundedRows {
  /** A row of the step of the one before takes its place. */
  push(row: TrainRow): void;
  /** What is kept, in the order of the steps; a new array each time. */
  list(): TrainRow[];
}

export interface RowLimits {
  /** The latest so many rows stay as they came, each with its group of completions. */
  recent: number;
  /** Of older ones, those without an evaluation and those with one, at most. */
  plain: number;
  evaluated: number;
}

/** A figure has some 600 pixels to draw them on. */
export const ROW_LIMITS: RowLimits = { recent: 100, plain: 1500, evaluated: 400 };

type Kind = 'plain' | 'evaluated';

/**
 * Keeps every row until there are too many of a kind, then those of every second step, then of every fourth, and so on; of
 * evaluations, each of which holds the exact p of every problem, every second, then every fourth. The first of each kind
 * and the latest rows always stay. What goes stands closest together, so that curves keep their shape over the whole run.
 */
export function boundRows(limits: RowLimits = ROW_LIMITS): BoundedRows {
  /** With the number of each in its kind: the step, or the count of evaluations before. */
  let old: { row: TrainRow; kind: Kind; number: number }[] = [];
  const recent: typeof old = [];
  const stride = { plain: 1, evaluated: 1 };
  const count = { plain: 0, evaluated: 0 };
  let evaluations = 0;

  const stays = ({ kind, number }: (typeof old)[number]): boolean => number % stride[kind] === 0;

  function settle(one: (typeof old)[number]): void {
    if (!stays(one)) return;
    const { kind } = one;
    old.push({ ...one, row: thinned(one.row) });
    if (++count[kind] <= limits[kind]) return;
    stride[kind] *= 2;
    old = old.filter((each) => each.kind !== kind || stays(each));
    count[kind] = old.filter((each) => each.kind === kind).length;
  }

  return {
    push(row) {
      if (recent.at(-1)?.row.step === row.step) recent.pop();
      recent.push(
        row.heldOut
          ? { row, kind: 'evaluated', number: evaluations++ }
          : { row, kind: 'plain', number: row.step },
      );
      if (recent.length > limits.recent) settle(recent.shift()!);
    },
    list: () => [...old, ...recent].map(({ row }) => row),
  };
}

/** An older row without what no figure needs of it any more; the first is the base, which all are compared with. */
function thinned(row: TrainRow): TrainRow {
  if (row.step === 0) return row;
  if (!row.heldOut) {
    const { group: _, ...rest } = row;
    return rest;
  }
  return row.train ? { ...row, train: { passAt: row.train.passAt, p: [] } } : row;
}

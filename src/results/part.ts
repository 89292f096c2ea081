import type { AnalysisSettings, Band } from './analysis.ts';
import { bandKs, bandsOf, resampledFailures } from './bootstrap.ts';
import { classesOf, type Classes } from './classes.ts';
import { curveOf, largestKOf, type Curve } from './curve.ts';
import type { Measured } from './results.ts';

/** One model on some of its problems. */
export interface Part {
  classes: Classes;
  curve: Curve;
  largestK: number;
  /** Where bands stand. */
  ks: readonly number[];
  /** Of resamples, [resample × k]. */
  failures: Float64Array;
  /** Of pass@k. */
  bands: readonly Band[];
}

/** What a part is made of. */
interface Order {
  model: Measured;
  /** In the order in which problems are numbered for resampling, which is that of their names: the same in all models. */
  ids: readonly string[];
  largestK: number;
}

/** The parts that an analysis needs: first asked for, then made at once, so that one knows how far it is. */
export interface Parts {
  /** Asks for a model on the problems of `ids`, up to `largestK` or up to what they have. @returns its place in what is made. */
  ask(model: Measured, ids: readonly string[], largestK?: number): number;
  make(settings: AnalysisSettings, told: (share: number) => void): Part[];
}

export function partsOf(): Parts {
  const orders: Order[] = [];
  return {
    ask(model, ids, largestK = largestKOfIds(model, ids)) {
      // A model on all of its problems is asked for by itself and in comparisons.
      const same = orders.findIndex(
        (order) =>
          order.model === model &&
          order.largestK === largestK &&
          order.ids.length === ids.length &&
          ids.length === model.problems.size,
      );
      return same >= 0 ? same : orders.push({ model, ids: [...ids].sort(), largestK }) - 1;
    },
    make: (settings, told) =>
      orders.map((order, i) => made(order, settings, (share) => told((i + share) / orders.length))),
  };
}

export const largestKOfIds = (model: Measured, ids: readonly string[]): number =>
  largestKOf(ids.map((id) => model.problems.get(id)!));

function made(
  { model, ids, largestK }: Order,
  settings: AnalysisSettings,
  told: (share: number) => void,
): Part {
  const classes = classesOf(ids.map((id) => model.problems.get(id)!));
  const ks = bandKs(largestK);
  const failures = resampledFailures(classes, ks, settings, told);
  return {
    classes,
    curve: curveOf(classes, largestK),
    largestK,
    ks,
    failures,
    bands: bandsOf(
      ks,
      failures.map((failure) => 1 - failure),
      ids.length,
    ),
  };
}

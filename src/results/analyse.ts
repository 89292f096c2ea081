import type { Analysis, AnalysisSettings, Comparison, ModelAnalysis } from './analysis.ts';
import { apartOf, leadOf, restsOf } from './apart.ts';
import { bandsOf } from './bootstrap.ts';
import { coverageOf, mostMoved } from './coverage.ts';
import { crossingOf } from './crossing.ts';
import { furtherOf } from './further.ts';
import { largestKOfIds, partsOf, type Part } from './part.ts';
import { ResultsError, type Measured } from './results.ts';
import { wantedOf } from './wanted.ts';

/**
 * The analysis of models by themselves, and of the base against each other one on the problems that both have: unbiased
 * pass@k and pass^k at every k (curve.ts), 95 % bands from resampled problems (bootstrap.ts), the crossing (crossing.ts),
 * where they are told apart (apart.ts), coverage, and what would settle who is ahead (wanted.ts).
 *
 * A pure function: the same models and settings give the same bits, and the order of problems moves nothing but the order of
 * ids, which is that of the base. Two models with the same counts differ by 0 everywhere, are nowhere told apart, and have no crossing.
 *
 * @param told the share of the work that is done, from 0 to 1
 * @throws ResultsError where a model has no problem with `leastN` samples.
 * @throws RangeError where there is no model of index `base`.
 */
export function analyse(
  models: readonly Measured[],
  settings: AnalysisSettings,
  told: (share: number) => void = () => undefined,
): Analysis {
  if (!models[settings.base])
    throw new RangeError(`there is no model ${settings.base}, only 0 to ${models.length - 1}`);
  const kept = models.map((model) => withEnough(model, settings.leastN));
  const base = kept[settings.base]!;
  const others = kept.filter((model) => model !== base);

  const parts = partsOf();
  const alone = kept.map((model) => parts.ask(model, [...model.problems.keys()]));
  const pairs = others.flatMap((trained) => {
    const ids = joinedIds(base, trained);
    if (ids.length === 0) return [];
    const largestK = Math.min(largestKOfIds(base, ids), largestKOfIds(trained, ids));
    const asked = [base, trained].map((model) => parts.ask(model, ids, largestK));
    return [{ trained, ids, asked }];
  });
  const made = parts.make(settings, told);

  return {
    models: kept.map((model, i) =>
      modelAnalysis(model, made[alone[i]!]!, models[i]!.problems.size - model.problems.size),
    ),
    comparisons: pairs.map(({ trained, ids, asked: [ofBase, ofTrained] }) =>
      comparison(base, trained, ids, made[ofBase!]!, made[ofTrained!]!),
    ),
    unjoined: others
      .filter((model) => !pairs.some(({ trained }) => trained === model))
      .map(({ name }) => name),
    resamples: settings.resamples,
  };
}

function withEnough(model: Measured, leastN: number): Measured {
  const problems = new Map([...model.problems].filter(([, { n }]) => n >= leastN));
  if (problems.size > 0) return { ...model, problems };
  // As arguments of one call a million would be too many.
  const most = [...model.problems.values()].reduce((most, { n }) => Math.max(most, n), 0);
  throw new ResultsError(
    most === 0
      ? `'${model.name}' has no problems`
      : `no problem of '${model.name}' has ${leastN} samples or more: the most are ${most}`,
  );
}

/** The problems of both, in the order of the base. */
const joinedIds = (base: Measured, trained: Measured): string[] =>
  base.hasIds && trained.hasIds
    ? [...base.problems.keys()].filter((id) => trained.problems.has(id))
    : [];

const passAt = ({ curve }: Part): number[] => Array.from(curve.failure, (failure) => 1 - failure);

function modelAnalysis(model: Measured, part: Part, leftOut: number): ModelAnalysis {
  const counts = [...model.problems.values()];
  const ns = part.classes.counts.map(({ n }) => n);
  return {
    name: model.name,
    problems: counts.length,
    leastN: ns.reduce((a, b) => Math.min(a, b)),
    mostN: ns.reduce((a, b) => Math.max(a, b)),
    passAt: passAt(part),
    bands: part.bands,
    passHat: Array.from(part.curve.passHat),
    rates: Array.from(Float64Array.from(counts, ({ n, c }) => c / n).sort()),
    leftOut,
    further: furtherOf(counts.map(({ n }) => n)),
  };
}

function comparison(
  base: Measured,
  trained: Measured,
  ids: readonly string[],
  ofBase: Part,
  ofTrained: Part,
): Comparison {
  const { ks, largestK } = ofBase;
  const only = (one: Measured, other: Measured): string[] =>
    [...one.problems.keys()].filter((id) => !other.problems.has(id));
  const lead = ofBase.curve.failure.map((failure, i) => failure - ofTrained.curve.failure[i]!);
  const resampled = ofBase.failures.map((failure, i) => failure - ofTrained.failures[i]!);
  const bands = bandsOf(ks, resampled, ids.length);
  const rests = restsOf(ofBase.classes, ofTrained.classes, ks);
  const joined = ids.map((id) => ({
    id,
    base: base.problems.get(id)!,
    trained: trained.problems.get(id)!,
  }));
  return {
    base: base.name,
    trained: trained.name,
    joined: ids.length,
    onlyBase: only(base, trained),
    onlyTrained: only(trained, base),
    largestK,
    further: furtherOf(joined.map(({ base, trained }) => Math.min(base.n, trained.n))),
    basePassAt: passAt(ofBase),
    trainedPassAt: passAt(ofTrained),
    baseBands: ofBase.bands,
    trainedBands: ofTrained.bands,
    bands,
    rests,
    apart: apartOf(bands, rests),
    crossing: crossingOf(lead, ks, resampled, ids.length),
    coverage: coverageOf(joined),
    moved: mostMoved(joined),
    wanted: wantedOf(ofBase.classes, ofTrained.classes, {
      k: largestK,
      difference: lead.at(-1)!,
      rests: rests.at(-1)!,
      isSettled: leadOf(bands.at(-1)!, rests.at(-1)!) !== null,
    }),
  };
}

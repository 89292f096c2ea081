import { grouped } from '../../../plots/numbers.ts';
import type { Analysis, ModelAnalysis } from '../../../results/analysis.ts';
import * as TEXT from '../../../messages/resultsSentences.ts';
import { bandAt } from './curves.ts';
import { fewProblems, goesFurther, guessing, MANY_PROBLEMS, reach } from './limits.ts';
import { percent, shareInterval } from './numbers.ts';
import type { Said } from './sentences.ts';

/** Of models that nothing is compared with; several are told apart by name. */
export function sentencesOfModels(
  models: readonly ModelAnalysis[],
  resamples: number,
  nameOf: (name: string) => string,
): Said {
  const leastN = Math.min(...models.map((model) => model.leastN));
  const named = (model: ModelAnalysis, text: string): string =>
    models.length > 1 ? TEXT.named({ name: nameOf(model.name), text }) : text;
  return {
    shows: models.flatMap((model) => alone(model).map((text) => named(model, text))),
    showsNot: [
      TEXT.alone,
      ...(leastN === 1
        ? [TEXT.oneSample]
        : [
            TEXT.noneYet({
              ...reach(leastN),
              zeros: models
                .map((each) => named(each, TEXT.zerosOfOne({ count: noneOf(each) })))
                .join(' '),
            }),
            guessing(leastN),
          ]),
      ...models.flatMap((model) => limitsOf(model).map((text) => named(model, text))),
      TEXT.bands({ resamples: grouped(resamples) }),
    ],
  };
}

const noneOf = ({ rates }: ModelAnalysis): number => rates.filter((rate) => rate === 0).length;

function alone(model: ModelAnalysis): string[] {
  const { problems, rates, passAt, bands } = model;
  const largestK = passAt.length;
  return [
    ...(largestK > 1 ? [1, largestK] : [1]).map((k) => {
      const share = {
        share: percent(passAt[k - 1]!),
        interval: shareInterval(bandAt(bands, k)),
      };
      return k === 1 ? TEXT.aloneAtOne(share) : TEXT.aloneAt({ ...share, k: grouped(k) });
    }),
    TEXT.aloneRates({
      problems,
      none: grouped(noneOf(model)),
      all: grouped(rates.filter((rate) => rate === 1).length),
    }),
  ];
}

const limitsOf = ({ problems, leastN, mostN, leftOut, further }: ModelAnalysis): string[] => [
  ...(further ? [goesFurther(further)] : []),
  ...(problems < MANY_PROBLEMS ? [fewProblems(problems)] : []),
  ...(mostN > leastN ? [TEXT.unequalOne({ least: grouped(leastN), most: grouped(mostN) })] : []),
  ...(leftOut > 0 ? [TEXT.leftOut({ count: leftOut })] : []),
];

/** Why nothing is compared; none where there is nothing to compare. */
export const sentencesOfUnjoined = ({ unjoined }: Analysis, nameOf: (name: string) => string) =>
  unjoined.length > 0
    ? [TEXT.unjoined({ count: unjoined.length, names: unjoined.map(nameOf).join(', ') })]
    : [];

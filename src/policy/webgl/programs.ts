import type { PolicyShape } from '../shape.ts';
import type { Device } from './device.ts';
import { atlasOf, blocksOf, type Atlas, type Blocks } from './layout.ts';
import type { Program, ProgramSource } from './program.ts';
import { attention } from './programs/attentionForward.ts';
import {
  attentionPromptKeys,
  attentionPromptShares,
  attentionQueries,
  attentionResponseKeys,
  attentionSlopes,
  attentionStatistics,
} from './programs/attentionBackward.ts';
import { embed } from './programs/embedding.ts';
import { fold, unfold } from './programs/folding.ts';
import { linearBackward, normedLinear, residualLinear } from './programs/linear.ts';
import { mlpBackward, silu } from './programs/mlp.ts';
import { normalise, normBackward } from './programs/norm.ts';
import { adam, carryMetrics, metrics, reduceGradient, sumMetrics } from './programs/optimiser.ts';
import { draw, predictionBackward, score } from './programs/prediction.ts';
import { embeddingGradient, weightGradient } from './programs/weightGradient.ts';

/** Every program of the network, by the stage that it computes. */
function sourcesOf(shape: PolicyShape, blocks: Blocks, atlas: Atlas) {
  return {
    fold: fold(shape, atlas),
    embed: embed(shape),
    normedLinear: normedLinear(shape),
    attention: attention(shape),
    attentionOut: residualLinear(shape, blocks.attention),
    silu: silu(shape),
    mlpOut: residualLinear(shape, blocks.hidden),
    draw: draw(shape),
    score: score(shape),

    predictionBackward: predictionBackward(shape),
    headBackward: linearBackward(shape, blocks.outputs),
    normalise: normalise(shape),
    normBackward: normBackward(shape),
    mlpOutBackward: mlpBackward(shape),
    mlpInBackward: linearBackward(shape, blocks.hidden),
    attentionOutBackward: linearBackward(shape, blocks.width),
    attentionStatistics: attentionStatistics(shape),
    attentionSlopes: attentionSlopes(shape),
    attentionQueries: attentionQueries(shape),
    attentionResponseKeys: attentionResponseKeys(shape),
    attentionPromptShares: attentionPromptShares(shape),
    attentionPromptKeys: attentionPromptKeys(shape),
    qkvBackward: linearBackward(shape, 3 * blocks.attention),

    widthWeights: weightGradient(shape, blocks.width),
    attentionWeights: weightGradient(shape, blocks.attention),
    hiddenWeights: weightGradient(shape, blocks.hidden),
    embeddingWeights: embeddingGradient(shape, atlas.embedding.inputBlocks),
    reduceGradient: reduceGradient(shape),
    unfold: unfold(shape, atlas),
    sumMetrics: sumMetrics(shape),
    metrics: metrics(shape),
    carryMetrics: carryMetrics(shape),
    adam: adam(shape),
  } satisfies Record<string, ProgramSource>;
}

export type ProgramName = keyof ReturnType<typeof sourcesOf>;

/** What policies of one shape share: its layout and its compiled programs. */
export interface Network {
  readonly shape: PolicyShape;
  readonly blocks: Blocks;
  readonly atlas: Atlas;
  readonly programs: Readonly<Record<ProgramName, Program>>;
}

/** Compiles the programs of a shape; stages with the same source share one program. */
export async function compileNetwork(device: Device, shape: PolicyShape): Promise<Network> {
  const blocks = blocksOf(shape);
  const atlas = atlasOf(shape);
  const sources = Object.entries(sourcesOf(shape, blocks, atlas));
  const distinct = [...new Map(sources.map(([, source]) => [source.fragment, source])).values()];
  const compiled = await device.compile(distinct);
  const programOf = new Map(distinct.map(({ fragment }, i) => [fragment, compiled[i]!]));
  const programs = Object.fromEntries(
    sources.map(([name, { fragment }]) => [name, programOf.get(fragment)!]),
  ) as Record<ProgramName, Program>;
  return { shape, blocks, atlas, programs };
}

export function deleteNetwork(device: Device, { programs }: Network): void {
  for (const program of Object.values(programs)) device.deleteProgram(program);
}

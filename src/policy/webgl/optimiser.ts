import { powerOf } from '../../core/elementary.ts';
import type { AdamSettings, PolicySnapshot } from '../policy.ts';
import type { PartialGradient } from './backward.ts';
import type { Device } from './device.ts';
import { fromAtlas, toAtlas } from './layout.ts';
import { PARTIAL_SUMS } from './programs/optimiser.ts';
import type { Network } from './programs.ts';
import type { Texture } from './textures.ts';
import { createParameterSet, deleteParameterSet, type Workspace } from './workspace.ts';

/** The parameters of one policy on the GPU, with what an update needs. */
export interface Optimiser {
  /** The atlas with layer norms folded in, which all passes read. */
  readonly folded: Texture;
  /** Where a backward pass leaves its weight gradients. */
  partialGradient(): PartialGradient;
  /**
   * Adds the partial gradient of a part of the batch to the whole one, of which it is the first or a later part, and
   * computes ‖∇J‖ of the parts so far and J of this one. A part that reaches no weight has no gradient.
   */
  gather(
    workspace: Workspace,
    statistics: Texture,
    part: { sequences: number; isFirst: boolean; hasGradient: boolean },
  ): void;
  /** (‖∇J‖, J) as {@link gather} left them. */
  readMetrics(): Promise<{ gradientNorm: number; objective: number }>;
  /** Draws what {@link readMetrics} would read into the first texel of a row of another plane. */
  carryMetrics(into: Texture, row: number): void;
  readGradient(): Promise<Float32Array>;
  /** One step of Adam along the gathered gradient. */
  step(settings: AdamSettings): void;
  load(snapshot: PolicySnapshot): void;
  save(): Promise<PolicySnapshot>;
  dispose(): void;
}

/**
 * Rows are split so far that enough fragments share the sum; large matrices have enough of them as it is. All partial
 * sums stand in one texture, one above the other: fewer fit where textures are small.
 */
function chunksFor({ shape, atlas }: Network, largestTexture: number): number {
  const enough = Math.max(2, Math.min(16, Math.round(512 / shape.width)));
  const fitting = Math.floor(largestTexture / (atlas.height / 4));
  return Math.max(1, Math.min(enough, fitting));
}

export function createOptimiser(device: Device, network: Network): Optimiser {
  const { atlas, programs } = network;
  const { width, height } = atlas;
  const whole = { width, height };
  const chunks = chunksFor(network, device.largestTexture);
  const plane = (): Texture => device.createPlane(width, height);
  let [current, other] = [createParameterSet(device, network), createParameterSet(device, network)];
  const folded = plane();
  let updates = 0;

  /** A policy that only samples and scores needs no gradients. */
  let gradients: ReturnType<typeof createGradients> | null = null;
  const forUpdates = (): ReturnType<typeof createGradients> =>
    (gradients ??= device.allOrNothing(createGradients));
  function createGradients() {
    return {
      partial: device.createRows(width, (height / 4) * chunks),
      dFolded: [plane(), plane()] as [Texture, Texture],
      gradient: plane(),
      sums: device.createPlane(1, PARTIAL_SUMS),
      metrics: device.createPlane(1, 1),
    };
  }

  const fold = (): void => {
    device.draw(programs.fold, folded, whole, { parameters: current.parameters });
  };

  return {
    folded,

    partialGradient: () => ({ partial: forUpdates().partial, chunks }),

    gather(workspace, statistics, { sequences, isFirst, hasGradient }) {
      const { partial, dFolded, gradient, sums, metrics } = forUpdates();
      dFolded.reverse();
      device.draw(
        programs.reduceGradient,
        dFolded[0],
        whole,
        { partial, earlier: dFolded[1] },
        { chunks: hasGradient ? chunks : 0, hasEarlier: Number(!isFirst) },
      );
      const { parameters } = current;
      device.draw(programs.unfold, gradient, whole, { parameters, dFolded: dFolded[0] });
      const { weights } = workspace.backward();
      device.draw(
        programs.sumMetrics,
        sums,
        { width: 1, height: PARTIAL_SUMS },
        { gradient, statistics, weights },
        { sequences },
      );
      device.draw(programs.metrics, metrics, { width: 1, height: 1 }, { sums });
    },

    async readMetrics() {
      const [gradientNorm, objective] = await device.read(forUpdates().metrics, 1, 1);
      return { gradientNorm: gradientNorm!, objective: objective! };
    },

    carryMetrics(into, y) {
      const { metrics } = forUpdates();
      device.draw(programs.carryMetrics, into, { y, width: 1, height: 1 }, { metrics });
    },

    async readGradient() {
      return fromAtlas(atlas, await device.read(forUpdates().gradient, width, height));
    },

    step({ learningRate, beta1, beta2, epsilon, maxGradNorm }) {
      updates++;
      const { gradient, metrics } = forUpdates();
      device.draw(
        programs.adam,
        other.target,
        whole,
        {
          parameters: current.parameters,
          firstMoments: current.firstMoment,
          secondMoments: current.secondMoment,
          gradient,
          metrics,
        },
        {
          learningRate,
          beta1,
          beta2,
          complement1: 1 - beta1,
          complement2: 1 - beta2,
          correction1: 1 - powerOf(beta1, updates),
          correction2: 1 - powerOf(beta2, updates),
          epsilon,
          maxGradNorm,
        },
      );
      [current, other] = [other, current];
      fold();
    },

    load(snapshot) {
      for (const name of ['firstMoment', 'secondMoment', 'parameters'] as const) {
        const texture = current[name];
        device.upload(texture, width, height, toAtlas(atlas, snapshot[name]));
      }
      updates = snapshot.updates;
      fold();
    },

    async save() {
      // Kept before the first wait: an update meanwhile must not change what is read.
      const { parameters, firstMoment, secondMoment } = current;
      const read = async (texture: Texture): Promise<Float32Array> =>
        fromAtlas(atlas, await device.read(texture, width, height));
      const made = updates;
      return {
        parameters: await read(parameters),
        firstMoment: await read(firstMoment),
        secondMoment: await read(secondMoment),
        updates: made,
      };
    },

    dispose() {
      deleteParameterSet(device, current);
      deleteParameterSet(device, other);
      device.deleteTexture(folded);
      if (!gradients) return;
      const { partial, dFolded, gradient, sums, metrics } = gradients;
      for (const texture of [partial, ...dFolded, gradient, sums, metrics])
        device.deleteTexture(texture);
    },
  };
}

import type { RandomKey } from '../../core/random.ts';
import type { Batch, UpdateRequest } from '../policy.ts';
import { positionCount } from '../shape.ts';
import { backward } from './backward.ts';
import type { Device } from './device.ts';
import type { Logits } from './distributions.ts';
import { forward } from './forward.ts';
import { liveQuads } from './live.ts';
import type { Optimiser } from './optimiser.ts';
import type { Network } from './programs.ts';
import { arrange, quadCount, type Arrangement } from './rows.ts';
import { sampleTokens, scoreTokens } from './sampling.ts';
import type { Texture } from './textures.ts';
import { uploadPrompts, uploadResponses, uploadWeights } from './upload.ts';
import {
  bytesPerQuad,
  createWorkspace,
  smallestQuads,
  type Capacity,
  type Workspace,
} from './workspace.ts';

/** Larger batches run in parts that fit into this: bytes of activations, and sequences. */
export interface BatchLimits {
  bytes: number;
  sequences: number;
}

const DEFAULT_LIMITS: BatchLimits = { bytes: 256 * 1_048_576, sequences: 4096 };

/** Scoring needs no more than this at once, so that a large accept set does not grow the textures. */
const SCORED_AT_ONCE = 512;

/** Capacities grow in these steps, so that batches of slightly different sizes need no new textures. */
const QUAD_STEP = 32;
const SEQUENCE_STEP = 64;

/** A batch whose forward pass, at the current parameters, stands in the workspace. */
interface Computed {
  batch: Batch;
  rows: Arrangement;
  /** The statistics of its tokens, at the temperature that they were last computed for. */
  statistics: { texture: Texture; temperature: number } | null;
}

/** The sequences `from` to `to` of a batch; of one that fits as a whole, the batch itself, which a later pass knows again. */
export interface Part {
  batch: Batch;
  from: number;
  to: number;
}

/** The passes over the network, for one part of a batch at a time; what they compute stays on the GPU. */
export interface Passes {
  /** The largest part that a pass can take. */
  readonly limits: Capacity;
  /** The largest part that is scored at once: what the textures hold already, or a little more. */
  scoringLimits(): Capacity;
  /**
   * Draws the responses of the part, of which `isBegun` tells that beginnings stand there already; returns their statistics
   * and how many rows of the texture they take.
   */
  sample(
    part: Part,
    random: { temperature: number; topP: number; key: RandomKey; isBegun: boolean },
  ): { statistics: Texture; paddedRows: number };
  /** The statistics of the tokens of a batch, without a new forward pass where the last was of this batch. */
  score(batch: Batch, temperature: number): Texture;
  /** The logits of the batch that was scored last, until the next pass. */
  logits(): Logits;
  /** Adds the gradient of the part to that of the parts before it, in the optimiser. */
  differentiate(part: Part, request: Pick<UpdateRequest, 'weights' | 'temperature'>): void;
  /** Forgets the last forward pass, since the parameters have changed. */
  forget(): void;
  dispose(): void;
}

export function createPasses(
  device: Device,
  network: Network,
  optimiser: Optimiser,
  largest: BatchLimits = DEFAULT_LIMITS,
): Passes {
  const { shape } = network;
  const limits: Capacity = {
    quads: Math.max(
      smallestQuads(network),
      Math.min(device.largestTexture, Math.floor(largest.bytes / bytesPerQuad(network))),
    ),
    // In whole quads, with a row to spare: see `statistics` of the workspace.
    sequences: Math.max(4, Math.min(device.largestTexture - 4, largest.sequences)),
  };
  /** Grown to the largest batch so far. */
  let workspace: Workspace | null = null;
  let computed: Computed | null = null;

  function workspaceFor(rows: Arrangement): Workspace {
    const quads = quadCount(shape, rows);
    const { capacity } = workspace ?? { capacity: { quads: 0, sequences: 0 } };
    if (workspace && capacity.quads >= quads && capacity.sequences >= rows.sequences)
      return workspace;
    const grown = (size: number, step: number, held: number, limit: number): number =>
      Math.max(held, Math.min(limit, Math.ceil(size / step) * step));
    workspace?.dispose();
    workspace = null;
    computed = null;
    return (workspace = device.allOrNothing(() =>
      createWorkspace(device, network, {
        quads: grown(quads, QUAD_STEP, capacity.quads, limits.quads),
        sequences: grown(rows.sequences, SEQUENCE_STEP, capacity.sequences, limits.sequences),
      }),
    ));
  }

  /** Runs the whole forward pass of a batch, unless the last one was of this batch at these parameters. */
  function forwardOf(batch: Batch): Computed {
    if (computed?.batch === batch) return computed;
    const rows = arrange(shape, batch.prompts);
    const space = workspaceFor(rows);
    uploadPrompts(device, shape, space, rows, batch.prompts);
    uploadResponses(device, shape, space, rows, batch.responses);
    const { folded } = optimiser;
    forward(device, network, space, rows, folded, space.responses, 0, positionCount(shape));
    return (computed = { batch, rows, statistics: null });
  }

  function score(batch: Batch, temperature: number): Texture {
    const done = forwardOf(batch);
    if (done.statistics?.temperature === temperature) return done.statistics.texture;
    uploadResponses(device, shape, workspace!, done.rows, batch.responses);
    const texture = scoreTokens(device, network, workspace!, done.rows, temperature);
    done.statistics = { texture, temperature };
    return texture;
  }

  return {
    limits,

    scoringLimits() {
      const held = workspace?.capacity ?? { quads: 0, sequences: 0 };
      const quads = (SCORED_AT_ONCE / 4) * positionCount(shape);
      return {
        quads: Math.max(held.quads, Math.min(limits.quads, quads)),
        sequences: Math.max(held.sequences, Math.min(limits.sequences, SCORED_AT_ONCE)),
      };
    },

    sample({ batch, from }, { temperature, topP, key, isBegun }) {
      const rows = arrange(shape, batch.prompts);
      const space = workspaceFor(rows);
      uploadPrompts(device, shape, space, rows, batch.prompts);
      if (isBegun) uploadResponses(device, shape, space, rows, batch.responses);
      const random = { temperature, topP, key, isBegun, firstSequence: from };
      const texture = sampleTokens(device, network, space, rows, optimiser.folded, random);
      // What was drawn from a nucleus has other statistics than the policy, so it is scored again for an update.
      computed = { batch, rows, statistics: topP === 1 ? { texture, temperature } : null };
      return { statistics: texture, paddedRows: 4 * rows.sequenceQuads };
    },

    score,
    logits: () => ({ texture: workspace!.logits, rows: computed!.rows }),

    differentiate({ batch, from }, { weights, temperature }) {
      const statistics = score(batch, temperature);
      const { rows } = computed!;
      const offset = from * shape.responseLength;
      uploadWeights(device, shape, workspace!, rows, batch, weights, offset);
      const live = liveQuads(shape, rows, batch, weights, offset);
      if (live.length > 0)
        backward(
          device,
          network,
          workspace!,
          rows,
          live,
          optimiser.folded,
          statistics,
          temperature,
          optimiser.partialGradient(),
        );
      const part = { sequences: rows.sequences, isFirst: from === 0, hasGradient: live.length > 0 };
      optimiser.gather(workspace!, statistics, part);
    },

    forget() {
      computed = null;
    },

    dispose() {
      workspace?.dispose();
      workspace = null;
      computed = null;
    },
  };
}

import { positionCount } from '../shape.ts';
import type { Device, Target } from './device.ts';
import type { Network } from './programs.ts';
import type { Texture } from './textures.ts';

/** How large a batch the textures of a workspace hold. */
export interface Capacity {
  quads: number;
  sequences: number;
}

/** What one layer leaves for its backward pass; rows of channels as in the formulas of `shape.ts`. */
export interface LayerActivations {
  /** The residual stream before the layer; of the first layer, also the embedded rows. */
  input: Texture;
  qkv: Texture;
  attended: Texture;
  /** The residual stream between attention and MLP. */
  middle: Texture;
  hidden: Texture;
  activated: Texture;
}

/** The textures that a batch passes through forward, allocated once for all batches up to a capacity. */
export interface Workspace {
  readonly capacity: Capacity;
  /** [promptLength, prompts] and [T, sequences] tokens, uploaded. */
  readonly prompts: Texture;
  readonly responses: Texture;
  /** See programs/glsl.ts, GROUPS. */
  readonly groups: Texture;
  readonly layers: LayerActivations[];
  /** The residual stream after the last layer. */
  readonly stream: Texture;
  readonly logits: Texture;
  /** [T, sequences] (token, log π, entropy, value), two that take turns while tokens are drawn. */
  readonly statistics: [Texture, Texture];
  /** Made when a batch first goes backward: a policy that only scores never needs it. */
  backward(): BackwardWorkspace;
  dispose(): void;
}

export interface BackwardWorkspace {
  /** [T, sequences] (logProb, entropy, value) weights, uploaded. */
  readonly weights: Texture;
  /** See live.ts. */
  readonly live: Texture;
  readonly dLogits: Texture;
  readonly normalised: Texture;
  readonly dNormalised: Texture;
  /** The gradient of the residual stream, two that take turns. */
  readonly dStream: [Texture, Texture];
  readonly dHidden: Texture;
  readonly dAttended: Texture;
  readonly attentionStatistics: Texture;
  readonly attentionSlopes: Texture;
  readonly promptShares: Texture;
  readonly dQkv: Texture;
}

export function createWorkspace(
  device: Device,
  { shape, blocks }: Network,
  capacity: Capacity,
): Workspace {
  const held: Texture[] = [];
  const hold = (texture: Texture): Texture => {
    held.push(texture);
    return texture;
  };
  const rows = (width: number, height = capacity.quads): Texture =>
    hold(device.createRows(width, height));
  const perToken = (channels: 1 | 4, moreRows = 0): Texture =>
    hold(device.createPlane(shape.responseLength, capacity.sequences + moreRows, channels));
  const streamRows = (): Texture => rows(blocks.width);

  const inputs = Array.from({ length: shape.layers + 1 }, (_, index) =>
    rows(blocks.width + (index === 0 ? 1 : 0)),
  );
  const layers = inputs.slice(0, -1).map((input) => ({
    input,
    qkv: rows(3 * blocks.attention),
    attended: rows(blocks.attention),
    middle: streamRows(),
    hidden: rows(blocks.hidden),
    activated: rows(blocks.hidden),
  }));
  let backward: BackwardWorkspace | null = null;
  return {
    capacity,
    prompts: hold(device.createPlane(shape.promptLength, capacity.sequences, 1)),
    responses: perToken(1),
    groups: hold(device.createPlane(1, capacity.sequences)),
    layers,
    stream: inputs.at(-1)!,
    logits: rows(blocks.outputs),
    // One row more, for the metrics of an update that a rollout brings along.
    statistics: [perToken(4, 1), perToken(4, 1)],
    backward: () =>
      (backward ??= device.allOrNothing(() => ({
        weights: perToken(4),
        live: hold(device.createPlane(1, capacity.quads)),
        dLogits: rows(blocks.outputs),
        normalised: rows(blocks.width + 1),
        dNormalised: streamRows(),
        dStream: [streamRows(), streamRows()],
        dHidden: rows(blocks.hidden),
        dAttended: rows(blocks.attention),
        attentionStatistics: rows(shape.heads),
        attentionSlopes: rows(shape.heads * positionCount(shape)),
        promptShares: rows(2 * blocks.attention * shape.promptLength, capacity.sequences / 4),
        dQkv: rows(3 * blocks.attention),
      }))),
    dispose() {
      for (const texture of held) device.deleteTexture(texture);
    },
  };
}

/** Bytes of the textures of one quad of rows, forward and backward. */
export function bytesPerQuad({ shape, blocks }: Network): number {
  const perLayer = 2 * blocks.width + 4 * blocks.attention + 2 * blocks.hidden;
  const slopes = shape.heads * (positionCount(shape) + 1);
  const backward = 4 * blocks.width + blocks.hidden + 4 * blocks.attention + slopes;
  return 64 * (shape.layers * perLayer + blocks.width + 2 * blocks.outputs + backward + 2);
}

/** A group of four sequences at least must fit, each with a prompt of its own. */
export function smallestQuads({ shape }: Network): number {
  return positionCount(shape);
}

/** The trained state: parameters and Adam's moments, each an atlas, twice, so that an update reads one and writes the other. */
export interface ParameterSet {
  readonly parameters: Texture;
  readonly firstMoment: Texture;
  readonly secondMoment: Texture;
  readonly target: Target;
}

export function createParameterSet(device: Device, { atlas }: Network): ParameterSet {
  const plane = (): Texture => device.createPlane(atlas.width, atlas.height);
  const [parameters, firstMoment, secondMoment] = [plane(), plane(), plane()];
  const target = device.createTargets([parameters, firstMoment, secondMoment]);
  return { parameters, firstMoment, secondMoment, target };
}

export function deleteParameterSet(device: Device, set: ParameterSet): void {
  device.deleteTargets(set.target);
  for (const texture of [set.parameters, set.firstMoment, set.secondMoment])
    device.deleteTexture(texture);
}

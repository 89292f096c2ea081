/**
 * Float32 textures. Two layouts:
 *
 * - rows: a 2D array of four layers. Row r of a matrix stands in layer r mod 4 at height ⌊r / 4⌋, four channels a
 *   texel. A fragment that renders to all four layers computes 4 rows × 4 channels: every weight that it fetches serves
 *   four rows and every activation four channels.
 * - plane: a 2D texture, for what is not a matrix of rows: parameters, tokens, statistics.
 */
export interface Texture {
  readonly handle: WebGLTexture;
  readonly kind: 'rows' | 'plane';
  readonly width: number;
  readonly height: number;
  /** 4 for RGBA, 1 for a plane of single numbers, which cannot be rendered to. */
  readonly channels: 1 | 4;
  readonly bytes: number;
  /** Draws into this texture; made with the texture, null for one that is only uploaded to. */
  readonly framebuffer: WebGLFramebuffer | null;
}

export function createTexture(
  gl: WebGL2RenderingContext,
  kind: 'rows' | 'plane',
  width: number,
  height: number,
  channels: 1 | 4 = 4,
): Texture {
  const handle = gl.createTexture();
  const target = kind === 'rows' ? gl.TEXTURE_2D_ARRAY : gl.TEXTURE_2D;
  gl.bindTexture(target, handle);
  // Float textures cannot be filtered without an extension, and are incomplete unless they say so.
  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
    gl.texParameteri(target, filter, gl.NEAREST);
  for (const wrap of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
    gl.texParameteri(target, wrap, gl.CLAMP_TO_EDGE);
  if (kind === 'rows') gl.texStorage3D(target, 1, gl.RGBA32F, width, height, 4);
  else gl.texStorage2D(target, 1, channels === 4 ? gl.RGBA32F : gl.R32F, width, height);
  gl.bindTexture(target, null);
  const layers = kind === 'rows' ? 4 : 1;
  const texture = {
    handle,
    kind,
    width,
    height,
    channels,
    bytes: 4 * channels * layers * width * height,
  };
  return { ...texture, framebuffer: channels === 4 ? createFramebuffer(gl, [texture]) : null };
}

/** Columns and rows of texels. */
export interface Region {
  x?: number;
  y?: number;
  width: number;
  height: number;
}

/** Targets of a draw: the four layers of one rows texture, or up to four planes of equal size. */
export function createFramebuffer(
  gl: WebGL2RenderingContext,
  textures: readonly Pick<Texture, 'handle' | 'kind'>[],
): WebGLFramebuffer {
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  let targets = 0;
  for (const { handle, kind } of textures)
    if (kind === 'rows')
      for (let layer = 0; layer < 4; layer++)
        gl.framebufferTextureLayer(
          gl.FRAMEBUFFER,
          gl.COLOR_ATTACHMENT0 + targets++,
          handle,
          0,
          layer,
        );
    else
      gl.framebufferTexture2D(
        gl.FRAMEBUFFER,
        gl.COLOR_ATTACHMENT0 + targets++,
        gl.TEXTURE_2D,
        handle,
        0,
      );
  gl.drawBuffers(Array.from({ length: targets }, (_, i) => gl.COLOR_ATTACHMENT0 + i));
  fillWithZeros(gl, targets);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  return framebuffer;
}

/**
 * What no draw reaches has to be 0, such as the atlas between its matrices. WebGL says so of every new texture; Chromium on
 * SwiftShader leaves there what the memory held before, if the first draw is into a part of it.
 */
function fillWithZeros(gl: WebGL2RenderingContext, targets: number): void {
  const isClipped = gl.isEnabled(gl.SCISSOR_TEST);
  gl.disable(gl.SCISSOR_TEST);
  for (let target = 0; target < targets; target++) gl.clearBufferfv(gl.COLOR, target, [0, 0, 0, 0]);
  if (isClipped) gl.enable(gl.SCISSOR_TEST);
}

import type { Rates } from '../protocol.ts';

/**
 * The speed of WebGL itself, by programs of our own on a context of our own: tfjs's product runs at a fraction of what
 * the same GPU, real or in software, gives to one that computes 4 × 4 numbers for every eight texels that it fetches.
 */

/** Edge of the square matrices, and of the square of texels that is copied. */
const EDGE = 1024;

/** C = A·B: A has four columns a texel, B and C four columns a texel; target t holds rows 4y + t of C. */
const PRODUCT = `
uniform sampler2D A;
uniform sampler2D B;
layout(location = 0) out vec4 c0;
layout(location = 1) out vec4 c1;
layout(location = 2) out vec4 c2;
layout(location = 3) out vec4 c3;
void main() {
  int x = int(gl_FragCoord.x);
  int y = 4 * int(gl_FragCoord.y);
  c0 = c1 = c2 = c3 = vec4(0);
  for (int k = 0; k < ${EDGE / 4}; k++) {
    mat4 b = mat4(
      texelFetch(B, ivec2(x, 4 * k), 0),
      texelFetch(B, ivec2(x, 4 * k + 1), 0),
      texelFetch(B, ivec2(x, 4 * k + 2), 0),
      texelFetch(B, ivec2(x, 4 * k + 3), 0)
    );
    c0 += b * texelFetch(A, ivec2(k, y), 0);
    c1 += b * texelFetch(A, ivec2(k, y + 1), 0);
    c2 += b * texelFetch(A, ivec2(k, y + 2), 0);
    c3 += b * texelFetch(A, ivec2(k, y + 3), 0);
  }
}`;

const COPY = `
uniform sampler2D A;
layout(location = 0) out vec4 copied;
void main() {
  copied = texelFetch(A, ivec2(gl_FragCoord.xy), 0);
}`;

const CORNERS = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3 : -1, gl_VertexID == 2 ? 3 : -1, 0, 1);
}`;

const HEADER = `#version 300 es
precision highp float;
precision highp sampler2D;
`;

/** Draws in a row are doubled until they take this long, so that the readback that waits for them does not count. */
const LONG_ENOUGH_MS = 200;
const MEASURED = 5;

export async function glRates(): Promise<Rates> {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl?.getExtension('EXT_color_buffer_float')) throw new Error('no float32 targets');
  const program = (fragment: string): WebGLProgram => {
    const handle = gl.createProgram();
    for (const [type, source] of [
      [gl.VERTEX_SHADER, CORNERS],
      [gl.FRAGMENT_SHADER, HEADER + fragment],
    ] as const) {
      const shader = gl.createShader(type)!;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(handle, shader);
    }
    gl.linkProgram(handle);
    if (!gl.getProgramParameter(handle, gl.LINK_STATUS))
      throw new Error(gl.getProgramInfoLog(handle) ?? 'a program does not link');
    gl.useProgram(handle);
    gl.uniform1i(gl.getUniformLocation(handle, 'A'), 0);
    gl.uniform1i(gl.getUniformLocation(handle, 'B'), 1);
    return handle;
  };
  const texture = (width: number, height: number): WebGLTexture => {
    const handle = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, handle);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, width, height);
    const halves = new Float32Array(4 * width * height).fill(0.5);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RGBA, gl.FLOAT, halves);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    return handle;
  };
  const target = (count: number, width: number, height: number): void => {
    gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
    const attachments = Array.from({ length: count }, (_, i) => gl.COLOR_ATTACHMENT0 + i);
    for (const attachment of attachments)
      gl.framebufferTexture2D(gl.FRAMEBUFFER, attachment, gl.TEXTURE_2D, texture(width, height), 0);
    gl.drawBuffers(attachments);
    gl.viewport(0, 0, width, height);
  };
  const pixel = new Float32Array(4);
  const timed = (draws: number): number => {
    const started = performance.now();
    for (let i = 0; i < draws; i++) gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.FLOAT, pixel);
    return performance.now() - started;
  };
  /** Milliseconds of one draw, at best: a floor is what the machine can do when nothing disturbs it. */
  const fastest = (): number => {
    let draws = 1;
    timed(draws);
    while (timed(draws) < LONG_ENOUGH_MS && draws < 2 ** 14) draws *= 2;
    return Math.min(...Array.from({ length: MEASURED }, () => timed(draws))) / draws;
  };

  const inputs = [texture(EDGE / 4, EDGE), texture(EDGE / 4, EDGE), texture(EDGE, EDGE)];
  const bind = (unit: number, input: WebGLTexture): void => {
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, input);
  };
  target(4, EDGE / 4, EDGE / 4);
  program(PRODUCT);
  bind(0, inputs[0]!);
  bind(1, inputs[1]!);
  const productMs = fastest();
  // Each of the EDGE terms is ½ · ½.
  if (pixel[0] !== EDGE / 4) throw new Error(`a product is ${pixel[0]}, expected ${EDGE / 4}`);
  target(1, EDGE, EDGE);
  program(COPY);
  bind(0, inputs[2]!);
  const copyMs = fastest();
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return {
    flopsPerSecond: (2000 * EDGE ** 3) / productMs,
    bytesPerSecond: (2000 * 16 * EDGE ** 2) / copyMs,
  };
}

import { EngineLostError } from '../policy.ts';
import { openSharedContext } from './context.ts';
import { createProgram, finishProgram, type Program, type ProgramSource } from './program.ts';
import { createFramebuffer, createTexture, type Texture } from './textures.ts';

/** The GPU as this engine uses it: programs, float32 textures, draws and readbacks, all counted. */
export interface Device {
  /** The GPU's name as the browser gives it. */
  readonly name: string;
  readonly largestTexture: number;
  /** What was done since the last {@link resetStats}. */
  readonly stats: DeviceStats;
  resetStats(): void;
  /** Textures and framebuffers held now. */
  memory(): { textures: number; bytes: number };
  /** Compiles programs side by side, off this thread where the browser can. @throws Error with the compiler's log. */
  compile(sources: readonly ProgramSource[]): Promise<Program[]>;
  deleteProgram(program: Program): void;
  createRows(width: number, height: number): Texture;
  createPlane(width: number, height: number, channels?: 1 | 4): Texture;
  /** Several planes of equal size as the targets of one draw. */
  createTargets(planes: readonly Texture[]): Target;
  deleteTexture(texture: Texture): void;
  deleteTargets(target: Target): void;
  /** Every draw and upload happens inside, with the state of the shared context set and restored around it. */
  submit<Result>(work: () => Result): Result;
  /** Writes floats into the upper left region of a plane, row by row. */
  upload(plane: Texture, width: number, height: number, floats: Float32Array): void;
  /** Runs a program over a region of a target. `inputs` are its samplers, `uniforms` its other uniforms, by name. */
  draw(
    program: Program,
    target: Texture | Target,
    region: Region,
    inputs: Readonly<Record<string, Texture>>,
    uniforms?: Readonly<Record<string, number | readonly number[]>>,
  ): void;
  /** Reads the upper left region of a plane, four floats a texel. @throws EngineLostError if the WebGL context was lost or does not answer. */
  read(plane: Texture, width: number, height: number): Promise<Float32Array>;
  /** Reads a region of a rows texture at its left edge, layer after layer. @throws EngineLostError as {@link read}. */
  readRows(rows: Texture, region: Region): Promise<Float32Array>;
  dispose(): void;
}

export interface DeviceStats {
  draws: number;
  /** Milliseconds of JavaScript spent in {@link Device.submit}. */
  submitMs: number;
  readbacks: number;
  compileMs: number;
}

export interface Target {
  readonly framebuffer: WebGLFramebuffer | null;
}

/** Columns and rows of texels. */
export interface Region {
  x?: number;
  y?: number;
  width: number;
  height: number;
}

const LOST =
  'WebGL engine: the WebGL context was lost (the browser or its GPU process took it back)';

/** Longer than the slowest step of the largest policy in software; a readback beyond it will never answer. */
const READ_TIMEOUT_MS = 30_000;

/** On a page, a wait gives way to other tasks; in a worker nothing else waits, and a timer costs 4 ms. */
const IN_WORKER = typeof document === 'undefined';

/** Renderers on the CPU; programs read textures in another way there (programs/glsl.ts). */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render/i;

/** Hears how many of the programs that are being compiled are ready. */
export type OnCompile = (done: number, total: number) => void;

export async function openDevice(
  canvas?: HTMLCanvasElement | OffscreenCanvas,
  onCompile: OnCompile = () => undefined,
): Promise<Device> {
  const { gl, borrow } = await openSharedContext(canvas);
  const name = rendererName(gl);
  const defines = SOFTWARE.test(name) ? ['SOFTWARE_RENDERER'] : [];
  const parallel = gl.getExtension('KHR_parallel_shader_compile');
  const programs = new Set<Program>();
  const textures = new Set<Texture>();
  const targets = new Set<Target>();
  const stats: DeviceStats = { draws: 0, submitMs: 0, readbacks: 0, compileMs: 0 };
  let bytes = 0;
  let lost = false;
  const markLost = (): void => {
    lost = true;
  };
  gl.canvas.addEventListener('webglcontextlost', markLost);
  const checkNotLost = (): void => {
    if (lost || gl.isContextLost()) throw new EngineLostError(LOST);
  };

  function hold(kind: 'rows' | 'plane', width: number, height: number, channels: 1 | 4): Texture {
    checkNotLost();
    const texture = createTexture(gl, kind, width, height, channels);
    textures.add(texture);
    bytes += texture.bytes;
    return texture;
  }

  /** Waits until the GPU has done what was submitted, or the context is lost, or the time is over. */
  async function finished(): Promise<void> {
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
    const deadline = performance.now() + READ_TIMEOUT_MS;
    try {
      for (;;) {
        checkNotLost();
        if (!fence) return;
        const status = gl.clientWaitSync(fence, 0, 0);
        if (status === gl.ALREADY_SIGNALED || status === gl.CONDITION_SATISFIED) return;
        if (performance.now() > deadline)
          throw new EngineLostError(
            `WebGL engine: no answer in ${READ_TIMEOUT_MS / 1000} s; the WebGL context was lost or hangs`,
          );
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    } finally {
      gl.deleteSync(fence);
    }
  }

  /** Reads the region from each layer that the texture has, four floats a texel. */
  async function readLayers(
    { kind, framebuffer }: Texture,
    { x = 0, y = 0, width, height }: Region,
  ): Promise<Float32Array> {
    checkNotLost();
    const layers = kind === 'rows' ? 4 : 1;
    const size = 4 * width * height;
    const floats = new Float32Array(layers * size);
    /** Into the memory of this program, or into a buffer of the GPU at the same place. */
    const readInto = (target: (layer: number) => void): void => {
      gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
      for (let layer = 0; layer < layers; layer++) {
        gl.readBuffer(gl.COLOR_ATTACHMENT0 + layer);
        target(layer);
      }
    };
    stats.readbacks++;
    if (IN_WORKER)
      readInto((layer) => {
        const part = floats.subarray(layer * size, (layer + 1) * size);
        gl.readPixels(x, y, width, height, gl.RGBA, gl.FLOAT, part);
      });
    else {
      const buffer = gl.createBuffer();
      try {
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
        gl.bufferData(gl.PIXEL_PACK_BUFFER, floats.byteLength, gl.STREAM_READ);
        readInto((layer) =>
          gl.readPixels(x, y, width, height, gl.RGBA, gl.FLOAT, 4 * layer * size),
        );
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
        gl.bindFramebuffer(gl.FRAMEBUFFER, null);
        await finished();
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
        gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, floats);
      } finally {
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
        gl.deleteBuffer(buffer);
      }
    }
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    checkNotLost();
    return floats;
  }

  return {
    name,
    largestTexture: gl.getParameter(gl.MAX_TEXTURE_SIZE) as number,
    stats,
    resetStats: () => Object.assign(stats, { draws: 0, submitMs: 0, readbacks: 0, compileMs: 0 }),
    memory: () => ({ textures: textures.size, bytes }),

    async compile(sources) {
      checkNotLost();
      const started = performance.now();
      const created = sources.map((source) => createProgram(gl, source, defines));
      for (const [done, program] of created.entries()) {
        onCompile(done, created.length);
        // Without the extension the link below waits instead, and so blocks this thread.
        while (
          parallel &&
          !gl.getProgramParameter(program.handle, parallel.COMPLETION_STATUS_KHR)
        ) {
          checkNotLost();
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        finishProgram(gl, program);
        programs.add(program);
      }
      onCompile(created.length, created.length);
      stats.compileMs += performance.now() - started;
      return created;
    },

    deleteProgram(program) {
      if (programs.delete(program)) gl.deleteProgram(program.handle);
    },

    createRows: (width, height) => hold('rows', width, height, 4),
    createPlane: (width, height, channels = 4) => hold('plane', width, height, channels),

    createTargets(planes) {
      const target = { framebuffer: createFramebuffer(gl, planes) };
      targets.add(target);
      return target;
    },

    deleteTexture(texture) {
      if (!textures.delete(texture)) return;
      bytes -= texture.bytes;
      gl.deleteFramebuffer(texture.framebuffer);
      gl.deleteTexture(texture.handle);
    },

    deleteTargets(target) {
      if (targets.delete(target)) gl.deleteFramebuffer(target.framebuffer);
    },

    submit(work) {
      checkNotLost();
      const started = performance.now();
      try {
        return borrow(work);
      } finally {
        stats.submitMs += performance.now() - started;
      }
    },

    upload(plane, width, height, floats) {
      const format = plane.channels === 4 ? gl.RGBA : gl.RED;
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, plane.handle);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, format, gl.FLOAT, floats);
    },

    draw(program, target, { x = 0, y = 0, width, height }, inputs, uniforms = {}) {
      if (width === 0 || height === 0) return;
      gl.useProgram(program.handle);
      gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
      gl.viewport(x, y, width, height);
      let unit = 0;
      for (const name in inputs) {
        const { kind, handle } = inputs[name]!;
        gl.activeTexture(gl.TEXTURE0 + unit);
        gl.bindTexture(kind === 'rows' ? gl.TEXTURE_2D_ARRAY : gl.TEXTURE_2D, handle);
        program.uniforms.get(name)?.(unit++);
      }
      for (const name in uniforms) program.uniforms.get(name)?.(uniforms[name]!);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
      stats.draws++;
    },

    read: (plane, width, height) => readLayers(plane, { width, height }),
    readRows: (rows, region) => readLayers(rows, region),

    dispose() {
      gl.canvas.removeEventListener('webglcontextlost', markLost);
      for (const { handle } of programs) gl.deleteProgram(handle);
      for (const target of targets) gl.deleteFramebuffer(target.framebuffer);
      for (const { handle, framebuffer } of textures) {
        gl.deleteFramebuffer(framebuffer);
        gl.deleteTexture(handle);
      }
      programs.clear();
      targets.clear();
      textures.clear();
      bytes = 0;
    },
  };
}

/** "ANGLE (Vendor, Name Direct3D11 vs_5_0 ps_5_0, D3D11)" → "Name Direct3D11". */
function rendererName(gl: WebGL2RenderingContext): string {
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(
    gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER),
  );
  const angle = /^ANGLE \([^,]*, (.*), [^,]*\)$/.exec(renderer);
  return (angle?.[1] ?? renderer)
    .replace(/ vs_\d_\d ps_\d_\d/, '')
    .replace(/ \(0x[0-9a-fA-F]+\)/g, '')
    .trim();
}

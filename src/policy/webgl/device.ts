import { EngineLostError, EngineMemoryError } from '../policy.ts';
import { giveUp, isLost, openSharedContext } from './context.ts';
import { createProgram, finishProgram, type Program, type ProgramSource } from './program.ts';
import { CONTEXT_LOST, createReadback } from './readback.ts';
import { createWitness } from './witness.ts';
import { DEFINES, fasterReads, rendererName, type Reads } from './renderer.ts';
import { createFramebuffer, createTexture, type Region, type Texture } from './textures.ts';

/** The GPU as this engine uses it: programs, float32 textures, draws and readbacks, all counted. */
export interface Device {
  /** The GPU's name as the browser gives it. */
  readonly name: string;
  readonly largestTexture: number;
  /** What was done since the last {@link resetStats}. */
  readonly stats: DeviceStats;
  resetStats(): void;
  /** Textures with their bytes, and programs, held now. */
  memory(): { textures: number; bytes: number; programs: number };
  /**
   * Compiles programs side by side, off this thread where the browser can.
   * @throws Error with the compiler's log. @throws EngineLostError if the context is lost, or a program takes more than a minute.
   */
  compile(sources: readonly ProgramSource[]): Promise<Program[]>;
  deleteProgram(program: Program): void;
  createRows(width: number, height: number): Texture;
  createPlane(width: number, height: number, channels?: 1 | 4): Texture;
  /** Several planes of equal size as the targets of one draw. */
  createTargets(planes: readonly Texture[]): Target;
  deleteTexture(texture: Texture): void;
  deleteTargets(target: Target): void;
  /**
   * Calls `make`, which makes textures; if that throws, or the GPU has no memory for them, deletes what it has made.
   * @throws EngineMemoryError saying how much there was no memory for.
   */
  allOrNothing<Result>(make: () => Result): Result;
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
  /**
   * Reads the upper left region of a plane, four floats a texel.
   * @throws EngineLostError if the WebGL context is lost, whether it says so or only gives no answers any more.
   */
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
  /** Programs, and the milliseconds until they were ready. */
  compiled: number;
  compileMs: number;
}

const NOTHING_DONE: DeviceStats = {
  draws: 0,
  submitMs: 0,
  readbacks: 0,
  compiled: 0,
  compileMs: 0,
};

export interface Target {
  readonly framebuffer: WebGLFramebuffer | null;
}

/** More than the slowest compiler known needs for one program. */
const COMPILE_TIMEOUT_MS = 60_000;

/** How often a context that compiles is asked whether it still answers. */
const ASK_EVERY_MS = 1000;

/** Hears how many of the programs that are being compiled are ready. */
export type OnCompile = (done: number, total: number) => void;

export interface DeviceOptions {
  /** Compute on a context of this canvas instead of one that tfjs makes. */
  canvas?: HTMLCanvasElement | OffscreenCanvas;
  onCompile?: OnCompile;
  /** How programs read textures; by default the way that is faster on this renderer. */
  reads?: Reads;
  /** Milliseconds that one program may take to compile; past them the context counts as lost. */
  compileTimeoutMs?: number;
  /** Do with textures of at most so many texels a side, where the device has larger ones. */
  largestTexture?: number;
}

/** @throws Error naming what is missing on this device. */
export async function openDevice({
  canvas,
  onCompile = () => undefined,
  reads,
  compileTimeoutMs = COMPILE_TIMEOUT_MS,
  largestTexture: most = Infinity,
}: DeviceOptions = {}): Promise<Device> {
  const { gl, borrow, close } = await openSharedContext(canvas);
  const name = rendererName(gl);
  const defines = DEFINES[reads ?? fasterReads(name)];
  const largestTexture = Math.min(most, gl.getParameter(gl.MAX_TEXTURE_SIZE) as number);
  const parallel = gl.getExtension('KHR_parallel_shader_compile');
  const programs = new Set<Program>();
  const textures = new Set<Texture>();
  const targets = new Set<Target>();
  const stats = { ...NOTHING_DONE };
  let bytes = 0;
  const markLost = (): void => giveUp(gl);
  gl.canvas.addEventListener('webglcontextlost', markLost);
  const checkNotLost = (): void => {
    if (isLost(gl)) throw new EngineLostError(CONTEXT_LOST);
  };
  const witness = createWitness(gl);
  const checkAnswers = (): void => {
    checkNotLost();
    if (witness.answers()) return;
    giveUp(gl);
    throw new EngineLostError(CONTEXT_LOST);
  };
  if (!witness.answers())
    throw new Error('WebGL engine: this device does not read float32 textures back');

  function hold(kind: 'rows' | 'plane', width: number, height: number, channels: 1 | 4): Texture {
    checkNotLost();
    // WebGL would only note an error, and every draw into the texture would leave it empty.
    if (Math.max(width, height) > largestTexture)
      throw new RangeError(
        `WebGL engine: textures here have at most ${largestTexture} × ${largestTexture} texels, this policy needs ${width} × ${height}`,
      );
    const texture = createTexture(gl, kind, width, height, channels);
    textures.add(texture);
    bytes += texture.bytes;
    return texture;
  }

  function deleteTexture(texture: Texture): void {
    if (!textures.delete(texture)) return;
    bytes -= texture.bytes;
    gl.deleteFramebuffer(texture.framebuffer);
    gl.deleteTexture(texture.handle);
  }

  function deleteTargets(target: Target): void {
    if (targets.delete(target)) gl.deleteFramebuffer(target.framebuffer);
  }

  function deleteProgram(program: Program): void {
    if (programs.delete(program)) gl.deleteProgram(program.handle);
  }

  /** @throws EngineMemoryError if the GPU could not allocate the textures. */
  function checkAllocated(made: readonly Texture[]): void {
    // A texture that was allocated has a format that cannot change any more.
    const isThere = ({ kind, handle }: Texture): boolean => {
      const target = kind === 'rows' ? gl.TEXTURE_2D_ARRAY : gl.TEXTURE_2D;
      gl.bindTexture(target, handle);
      return gl.getTexParameter(target, gl.TEXTURE_IMMUTABLE_FORMAT) === true;
    };
    const isComplete = ({ framebuffer }: Texture): boolean => {
      if (!framebuffer) return true;
      gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
      return gl.checkFramebufferStatus(gl.FRAMEBUFFER) === gl.FRAMEBUFFER_COMPLETE;
    };
    const isWhole = gl.getError() === gl.NO_ERROR && made.every(isThere) && made.every(isComplete);
    for (const target of [gl.TEXTURE_2D, gl.TEXTURE_2D_ARRAY]) gl.bindTexture(target, null);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    if (isWhole) return;
    checkAnswers();
    const megabytes = made.reduce((sum, texture) => sum + texture.bytes, 0) / 1_048_576;
    throw new EngineMemoryError(`WebGL engine: no GPU memory for ${Math.ceil(megabytes)} MB`);
  }

  const readLayers = createReadback(gl, checkNotLost, checkAnswers, stats);

  return {
    name,
    largestTexture,
    stats,
    resetStats: () => Object.assign(stats, NOTHING_DONE),
    memory: () => ({ textures: textures.size, bytes, programs: programs.size }),

    async compile(sources) {
      checkNotLost();
      const started = performance.now();
      const created = sources.map((source) => createProgram(gl, source, defines));
      for (const program of created) programs.add(program);
      try {
        for (const [done, program] of created.entries()) {
          onCompile(done, created.length);
          const began = performance.now();
          let askedAt = began;
          // Without the extension the link below waits instead, and so blocks this thread.
          while (
            parallel &&
            !gl.getProgramParameter(program.handle, parallel.COMPLETION_STATUS_KHR)
          ) {
            checkNotLost();
            const now = performance.now();
            if (now - began > compileTimeoutMs) {
              giveUp(gl);
              throw new EngineLostError(
                `WebGL engine: program ${program.name} was not compiled in ${compileTimeoutMs / 1000} s`,
              );
            }
            if (now - askedAt > ASK_EVERY_MS) {
              checkAnswers();
              askedAt = now;
            }
            await new Promise((resolve) => setTimeout(resolve, 1));
          }
          finishProgram(gl, program);
        }
      } catch (error) {
        created.forEach(deleteProgram);
        // A context that is lost compiles nothing.
        if (!(error instanceof EngineLostError)) checkAnswers();
        throw error;
      }
      onCompile(created.length, created.length);
      stats.compiled += created.length;
      stats.compileMs += performance.now() - started;
      return created;
    },

    deleteProgram,

    createRows: (width, height) => hold('rows', width, height, 4),
    createPlane: (width, height, channels = 4) => hold('plane', width, height, channels),

    createTargets(planes) {
      const target = { framebuffer: createFramebuffer(gl, planes) };
      targets.add(target);
      return target;
    },

    deleteTexture,
    deleteTargets,

    allOrNothing(make) {
      const before = { textures: new Set(textures), targets: new Set(targets) };
      // What went wrong before is not of these textures.
      while (gl.getError() !== gl.NO_ERROR) checkNotLost();
      try {
        const result = make();
        checkAllocated([...textures].filter((texture) => !before.textures.has(texture)));
        return result;
      } catch (error) {
        for (const texture of textures) if (!before.textures.has(texture)) deleteTexture(texture);
        for (const target of targets) if (!before.targets.has(target)) deleteTargets(target);
        throw error;
      }
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
      programs.forEach(deleteProgram);
      targets.forEach(deleteTargets);
      textures.forEach(deleteTexture);
      witness.dispose();
      close();
    },
  };
}

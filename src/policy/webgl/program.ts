/** A fragment shader with a name to report errors under. */
export interface ProgramSource {
  name: string;
  fragment: string;
}

export interface Program {
  readonly name: string;
  readonly handle: WebGLProgram;
  /** Sets a uniform of the program in use, by name; one that the compiler removed as unused is missing. */
  readonly uniforms: Map<string, (value: number | readonly number[]) => void>;
}

/** One triangle that covers the viewport, without a vertex buffer. */
const VERTEX = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

/** Starts to compile and link; asks for no result, so that the driver may work on many programs at once. */
export function createProgram(
  gl: WebGL2RenderingContext,
  source: ProgramSource,
  defines: readonly string[],
): Program {
  const handle = gl.createProgram();
  // Behind the first line, which must be the version.
  const definitions = defines.map((name) => `#define ${name}\n`).join('');
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, source.fragment],
  ] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, text.replace('\n', `\n${definitions}`));
    gl.compileShader(shader);
    gl.attachShader(handle, shader);
    // Lives on as long as the program holds it.
    gl.deleteShader(shader);
  }
  gl.linkProgram(handle);
  return { name: source.name, handle, uniforms: new Map() };
}

/** Waits for the link and looks up the uniforms. @throws Error with the compiler's log. */
export function finishProgram(gl: WebGL2RenderingContext, program: Program): void {
  const { handle, name } = program;
  if (!gl.getProgramParameter(handle, gl.LINK_STATUS)) {
    const logs = (gl.getAttachedShaders(handle) ?? []).map((shader) => gl.getShaderInfoLog(shader));
    throw new Error(
      `WebGL engine: program ${name} does not compile: ${gl.getProgramInfoLog(handle)} ${logs.join(' ')}`,
    );
  }
  const count = (gl.getProgramParameter(handle, gl.ACTIVE_UNIFORMS) as number | null) ?? 0;
  for (let i = 0; i < count; i++) {
    const info = gl.getActiveUniform(handle, i)!;
    const location = gl.getUniformLocation(handle, info.name)!;
    program.uniforms.set(info.name, setterOf(gl, location, info.type));
  }
}

function setterOf(
  gl: WebGL2RenderingContext,
  at: WebGLUniformLocation,
  type: number,
): (value: number | readonly number[]) => void {
  switch (type) {
    case gl.FLOAT:
      return (value) => gl.uniform1f(at, value as number);
    case gl.INT_VEC2:
      return (value) => gl.uniform2iv(at, value as number[]);
    case gl.UNSIGNED_INT_VEC3:
      return (value) => gl.uniform3uiv(at, value as number[]);
    default:
      return (value) => gl.uniform1i(at, value as number);
  }
}

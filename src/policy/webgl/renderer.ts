/** The two ways of reading rows and weights in programs/glsl.ts; the numbers are the same. */
export type Reads = 'texture' | 'texelFetch';

/** What the sources of programs are told. */
export const DEFINES: Readonly<Record<Reads, readonly string[]>> = {
  texture: ['READ_BY_TEXTURE'],
  texelFetch: [],
};

/** Renderers on the CPU. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render|software/i;

export const isSoftware = (renderer: string): boolean => SOFTWARE.test(renderer);

export const fasterReads = (renderer: string): Reads =>
  isSoftware(renderer) ? 'texture' : 'texelFetch';

/** "ANGLE (Vendor, Name Direct3D11 vs_5_0 ps_5_0, D3D11)" → "Name Direct3D11". */
export function rendererName(gl: WebGL2RenderingContext): string {
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

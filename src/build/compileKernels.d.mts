/** Where the generated module lies. */
export const MODULE: string;
/**
 * Compiles a file of AssemblyScript beside the kernels.
 * @param sources texts by name, which are read in the place of files
 * @throws Error with what the compiler says.
 */
export function compile(
  entry: string,
  sources?: Record<string, string>,
): Promise<Uint8Array<ArrayBuffer>>;
/** The text of kernels.generated.ts. */
export function compileKernels(): Promise<string>;

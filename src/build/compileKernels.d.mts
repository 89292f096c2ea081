/** Where the generated module lies. */
export const MODULE: string;
/** The text of kernels.generated.ts. @throws Error with what the compiler says. */
export function compileKernels(): Promise<string>;

/**
 * Pixels of an embed, whatever its width and whether it runs: what a page keeps for it before anything of it is loaded, so
 * that nothing of the page moves later.
 */
const HEIGHT = 520;
/** Two drawings stand one below the other where it is narrow. */
const TALLER: ReadonlyMap<string, number> = new Map([['weight', 680]]);

export const heightOf = (figures: readonly string[]): number =>
  Math.max(HEIGHT, ...figures.map((name) => TALLER.get(name.trim()) ?? 0));

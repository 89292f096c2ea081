/** Is told of a file that could not be had, at which attempt, and how to make another. */
type Lost = (error: Error, attempt: number, again: () => void) => void;

let tell: Lost | null = null;

/** Who is told of files that cannot be had. Until somebody is, {@link part} rejects. */
export function whenLost(lost: Lost): void {
  tell = lost;
}

/**
 * A part of the page that comes in a file of its own. Where the file cannot be had, it waits until the reader wants another
 * attempt: so whoever asked for the part needs to know nothing of that, and goes on once it is there. The build puts every
 * dynamic import of the page through this, see src/build/lazyParts.ts.
 */
export async function part<T>(load: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await load();
    } catch (error) {
      const told = tell;
      if (!told) throw error;
      await new Promise<void>((again) => told(error as Error, attempt, again));
    }
  }
}

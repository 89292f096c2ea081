import type { Progress } from './protocol.ts';

export type Report = (progress: Progress | null) => void;

/**
 * Tells of what is being done, null for nothing any more. A piece of it, such as compiling, is told of while it lasts and
 * then the whole as it was, so that no word on a piece stands over what comes after it.
 */
export function createReport(tell: Report): Report {
  let whole: Progress | null = null;
  return (progress) => {
    if (!progress?.isPart) whole = progress;
    else if (progress.done < progress.total) return tell(progress);
    tell(whole);
  };
}

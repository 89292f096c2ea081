/**
 * The stage of a slide, in pixels before it is enlarged: as large as the window of a projector (1920 × 1080) at twice its
 * size, so that type of 13.5 px is as high as 27 px there.
 */
const STAGE = { width: 960, height: 540 };

/** Of the axes, times their usual 12.5 px. */
export const TYPE = 1.08;

/** Smaller windows are those of phones: there a slide flows down the page, and is scrolled. */
const SMALLEST = { width: 760, height: 420 };

/** A frame lower than this has no room for the strip of numbers, nor has a stage that is so low since it is enlarged. */
const STRIP = { window: 600, stage: 500 };

/** How much a presenter can enlarge: a stage of 835 × 470 px still has room for all that is on it. */
export const SCALES = { least: 0.7, most: 1.15 };

/** How a slide is laid out. */
export interface Stage {
  zoom: number;
  /** Of the whole slide before it is enlarged; null where it flows down the page. */
  height: number | null;
  hasStrip: boolean;
}

/**
 * The stage in a window. Only the window and the presenter decide on it, never what a slide then looks like: a size that
 * followed from its own result could swing.
 *
 * @param scale times the size that fits.
 */
export function stageOf(width: number, height: number, scale: number): Stage {
  if (width < SMALLEST.width || height < SMALLEST.height)
    return { zoom: 1, height: null, hasStrip: true };
  const fitting = Math.min(width / STAGE.width, height / STAGE.height);
  const zoom = Math.floor(100 * fitting * scale) / 100;
  const stage = height / zoom;
  return { zoom, height: stage, hasStrip: height >= STRIP.window && stage >= STRIP.stage };
}

/**
 * The stage of a slide, in pixels before it is enlarged: so small that the axes of figures, whose type is of 12.5 px, have
 * 26 px and more on a projector of 1920 × 1080.
 */
const STAGE = { width: 916, height: 515 };

/** Smaller windows are those of phones: there a slide flows down the page, and is scrolled. */
const SMALLEST = { width: 760, height: 420 };

/** A frame lower than this has no room for the strip of numbers, nor has a stage that is so low since it is enlarged. */
const STRIP = { window: 600, stage: 500 };

/** How much a presenter can enlarge: a stage of 832 × 468 px still has room for all that is on it. */
export const SCALES = { least: 0.7, most: 1.1 };

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

/** Where the lines of a figure may be, in pixels of its drawing; the axes and their texts stand around it. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Room for the ticks between the x axis and its numbers. */
export const RUG_HEIGHT = 14;

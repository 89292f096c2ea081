/** A place in a drawing, in pixels. */
export interface Place {
  x: number;
  y: number;
}

/** As many digits as a screen can show. */
const short = (pixels: number): string => String(Math.round(pixels * 1000) / 1000);

/**
 * The path of SVG through some places, straight from each to the next; null leaves a gap, and a place between two gaps is
 * a dot where the ends of lines are round. As d3's `line` draws it, without the curves that come along with that in one
 * file: the first figure of the page waits for this.
 */
export function linePath(places: readonly (Place | null)[]): string {
  let path = '';
  let isOpen = false;
  places.forEach((place, i) => {
    if (!place) {
      isOpen = false;
      return;
    }
    path += `${isOpen ? 'L' : 'M'}${short(place.x)},${short(place.y)}`;
    if (!isOpen && !places[i + 1]) path += 'Z';
    isOpen = true;
  });
  return path;
}

import type { PresetName } from '../../run/presets.ts';
import type { FigureName } from '../embed/figures.ts';

/** One slide of the deck. */
export interface Slide {
  /** In the address, as `slide=crossing`. */
  id: SlideId;
  preset: PresetName;
  /** Where it stands when it is opened: a recorded run is shown there, any other trains to it. */
  step: number;
  figures: readonly FigureName[];
}

export type SlideId =
  | 'base'
  | 'crossing'
  | 'training'
  | 'lost'
  | 'explores'
  | 'still'
  | 'coin'
  | 'narrow'
  | 'distilled'
  | 'room';

/** In the order of a lecture of five minutes and more. */
export const DECK: readonly Slide[] = [
  { id: 'base', preset: 'crossing', step: 0, figures: ['passk'] },
  { id: 'training', preset: 'crossing', step: 60, figures: ['training'] },
  { id: 'crossing', preset: 'crossing', step: 300, figures: ['passk', 'training'] },
  { id: 'lost', preset: 'crossing', step: 300, figures: ['problems'] },
  { id: 'explores', preset: 'explores', step: 0, figures: ['problems'] },
  { id: 'still', preset: 'still', step: 0, figures: ['training'] },
  { id: 'coin', preset: 'coin', step: 0, figures: ['passk', 'training'] },
  { id: 'room', preset: 'room', step: 0, figures: ['passk'] },
  { id: 'narrow', preset: 'narrow', step: 0, figures: ['passk', 'beyond'] },
  { id: 'distilled', preset: 'distilled', step: 0, figures: ['passk', 'beyond'] },
];

/** The slide of that name; null for none. */
export const slideOf = (id: string): Slide | null => DECK.find((slide) => slide.id === id) ?? null;

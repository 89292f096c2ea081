import { createContext, getContext, setContext } from 'svelte';
import type { Scale } from './scales.ts';

/** Pixels around the lines of a drawing, for the axes and their texts. */
export type Margin = Frame;

/** Where the lines of a drawing may be, in pixels of it. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** What a layer draws with: it reads this of the plot around it, and takes only what it draws. */
export interface Plot {
  readonly x: Scale;
  readonly y: Scale;
  readonly frame: Frame;
  readonly width: number;
  readonly height: number;
  /** The x that is pointed at. */
  readonly cursor: number | null;
}

/** Of {@link Plot}; a layer gets it, and `Plot.svelte` alone sets it. */
export const [getPlot, setPlot] = createContext<Plot>();

/** Whether drawings are as high as the place that they stand in, instead of as high as they ask to be. */
type Fills = () => boolean;
const fills = Symbol('fills');
export const setFillsPlace = (does: Fills): Fills => setContext(fills, does);
export const fillsPlace = (): Fills => getContext<Fills | undefined>(fills) ?? (() => false);

import { describe, expect, it } from 'vitest';
import { SCALES, stageOf } from '../../../src/ui/lecture/stage.ts';

describe('the stage of a slide', () => {
  it('is as high as the window, and no wider than it, at each size of the presenter', () => {
    for (const [width, height] of [
      [760, 420],
      [1024, 768],
      [1366, 768],
      [1920, 1200],
      [3840, 1080],
    ] as const)
      for (const scale of [SCALES.least, 1, SCALES.most]) {
        const stage = stageOf(width, height, scale);
        expect(stage.height! * stage.zoom).toBeCloseTo(height, 6);
        // What is on it needs so much room.
        expect(width / stage.zoom).toBeGreaterThanOrEqual(832);
        expect(stage.height).toBeGreaterThanOrEqual(468);
      }
  });

  it('has axes of 26 px and more on a projector', () => {
    expect(stageOf(1920, 1080, 1).zoom * 12.5).toBeGreaterThanOrEqual(26);
  });

  it('has a strip of numbers where that has room', () => {
    const has = (width: number, height: number, scale = 1) =>
      stageOf(width, height, scale).hasStrip;
    expect([has(960, 520), has(1920, 1080), has(1920, 1080, SCALES.most)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(has(1024, 768, SCALES.most)).toBe(true);
  });

  it('flows down the page on a phone', () => {
    for (const [width, height] of [
      [390, 844],
      [844, 390],
    ] as const)
      expect(stageOf(width, height, 1)).toMatchObject({ zoom: 1, height: null });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createGathering, NO_FRAME_MS, type Moments } from '../../../src/ui/state/gathering.ts';

/** A page of which a test makes every frame; timers and tasks come by its clock. */
function fakePage() {
  let now = 0;
  let frames: (() => void)[] = [];
  let timers: { at: number; act: () => void }[] = [];
  const tasks: (() => void)[] = [];
  const without = <T>(list: T[], one: T): T[] => list.filter((each) => each !== one);
  const moments: Moments = {
    now: () => now,
    frame(act) {
      frames.push(act);
      return () => void (frames = without(frames, act));
    },
    timer(act, ms) {
      const timer = { at: now + ms, act };
      timers.push(timer);
      return () => void (timers = without(timers, timer));
    },
    soon: (act) => void tasks.push(act),
  };
  return {
    moments,
    /** Time goes by; `ms` of it are those of what is being done. */
    spend(ms: number): void {
      now += ms;
    },
    wait(ms: number): void {
      const until = now + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        now = Math.max(now, next.at);
        timers = without(timers, next);
        next.act();
      }
      now = until;
    },
    frame(meanwhile: () => void = () => undefined): void {
      for (const act of frames.splice(0)) act();
      // Messages that have come during the frame are heard before what was asked for in it.
      meanwhile();
      for (const act of tasks.splice(0)) act();
    },
    asked: () => ({ frames: frames.length, timers: timers.length }),
  };
}

let page: ReturnType<typeof fakePage>;
let arrived: number[];
let drawn: number[][];
/** What a drawing takes. */
let cost: number;
let gathering: ReturnType<typeof createGathering>;
beforeEach(() => {
  page = fakePage();
  [arrived, drawn, cost] = [[], [], 0];
  gathering = createGathering(() => {
    drawn.push(arrived.splice(0));
    page.spend(cost);
  }, page.moments);
});
function bring(...rows: number[]): void {
  for (const row of rows) {
    arrived.push(row);
    gathering.arrive();
  }
}

describe('what arrives', () => {
  it('is drawn once a frame, all of it and in its order, however much there is', () => {
    bring(1, 2, 3);
    expect(drawn).toEqual([]);
    page.frame();
    expect(drawn).toEqual([[1, 2, 3]]);
    page.frame();
    expect(drawn).toHaveLength(1);
    bring(4);
    page.frame();
    expect(drawn).toEqual([[1, 2, 3], [4]]);
    expect(page.asked()).toEqual({ frames: 0, timers: 0 });
  });

  it('is drawn without a frame where none comes, to the last row', () => {
    bring(1, 2);
    page.wait(NO_FRAME_MS - 1);
    bring(3);
    expect(drawn).toEqual([]);
    page.wait(1);
    expect(drawn).toEqual([[1, 2, 3]]);
    // The frame that had been asked for draws nothing when the tab is seen again.
    page.frame();
    expect(drawn).toHaveLength(1);
  });

  it('is drawn at once where it must be, and not again', () => {
    bring(1, 2);
    gathering.flush();
    expect(drawn).toEqual([[1, 2]]);
    page.frame();
    page.wait(10 * NO_FRAME_MS);
    gathering.flush();
    expect(drawn).toHaveLength(1);
  });
});

describe('a slow drawing', () => {
  it('is followed by a rest as long as it took, and what arrives then is drawn in one', () => {
    cost = 80;
    bring(1);
    page.frame();
    for (let row = 2; row <= 9; row++) {
      bring(row);
      page.wait(9);
      page.frame();
    }
    // 72 of 80 ms.
    expect(drawn).toHaveLength(1);
    page.wait(8);
    page.frame();
    expect(drawn).toEqual([[1], [2, 3, 4, 5, 6, 7, 8, 9]]);
  });

  it('is followed by a rest too where something arrives before its picture is made', () => {
    cost = 80;
    bring(1);
    page.frame(() => bring(2));
    page.frame();
    page.wait(79);
    page.frame();
    expect(drawn).toEqual([[1]]);
    page.wait(1);
    page.frame();
    expect(drawn).toEqual([[1], [2]]);
  });

  it('leaves half of the time, however fast rows come', () => {
    cost = 30;
    const before = page.moments.now();
    for (let row = 0; row < 3000; row++) {
      bring(row);
      page.wait(1);
      if (row % 16 === 0) page.frame();
    }
    const passed = page.moments.now() - before;
    expect(drawn.length * cost).toBeLessThanOrEqual(passed / 2);
    expect(drawn.length * cost).toBeGreaterThan(passed / 4);
    page.wait(1000);
    page.frame();
    // Nothing is lost, and nothing is left.
    expect(drawn.flat()).toEqual(Array.from({ length: 3000 }, (_, row) => row));
    expect(page.asked()).toEqual({ frames: 0, timers: 0 });
  });

  it('does not hold up what must be drawn at once', () => {
    cost = 80;
    bring(1);
    page.frame();
    bring(2);
    gathering.flush();
    expect(drawn).toEqual([[1], [2]]);
  });

  it('rests no longer than a second after a sleep', () => {
    cost = 3_600_000;
    bring(1);
    page.frame();
    bring(2);
    page.wait(1000);
    page.frame();
    expect(drawn).toEqual([[1], [2]]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { steadyClock } from '../../src/core/steadyClock.ts';
import { createPace } from '../../src/session/pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What the machine's clock says beyond the time that has passed. */
let off = 0;

/** A pace of one step in ten seconds; `over` says whether the wait for a step that has just begun is. */
function waiting(wanted = { value: true }) {
  off = 0;
  const now = steadyClock(() => performance.now() + off);
  const woken = vi.fn(async () => {});
  const pace = createPace(now, woken);
  pace.stepsPerSecond = 0.1;
  const over = vi.fn();
  void pace.wait(now(), () => wanted.value).then(over);
  return { pace, over, woken };
}

describe('a pace', () => {
  it('waits out the time of a step', async () => {
    const { over } = waiting();
    await vi.advanceTimersByTimeAsync(9_999);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(over).toHaveBeenCalledOnce();
  });

  it('waits no longer where the clock goes back by an hour, also when it is woken then', async () => {
    const { pace, over, woken } = waiting();
    await vi.advanceTimersByTimeAsync(4_000);
    off = -3_600_000;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(over).toHaveBeenCalledOnce();

    const again = waiting();
    await vi.advanceTimersByTimeAsync(4_000);
    off = -3_600_000;
    again.pace.wakeUp();
    // What had passed unseen is lost, and no more: a whole wait begins anew.
    await vi.advanceTimersByTimeAsync(10_000);
    expect(again.over).toHaveBeenCalledOnce();
    expect(again.woken).toHaveBeenCalledOnce();
    expect(woken).not.toHaveBeenCalled();
    pace.wakeUp();
  });

  it('ends for a pause, and for a speed that is over already', async () => {
    const wanted = { value: true };
    const paused = waiting(wanted);
    wanted.value = false;
    paused.pace.wakeUp();
    await vi.advanceTimersByTimeAsync(0);
    expect(paused.over).toHaveBeenCalledOnce();

    const faster = waiting();
    await vi.advanceTimersByTimeAsync(1_000);
    faster.pace.stepsPerSecond = 2;
    faster.pace.wakeUp();
    await vi.advanceTimersByTimeAsync(0);
    expect(faster.over).toHaveBeenCalledOnce();
  });

  it.each([
    ['1 ms', 1, 30],
    ['as much as two steps take', 40, 50],
  ])('keeps a speed in the mean also where timers come late by %s', async (_, lateness, speed) => {
    const real = setTimeout;
    vi.stubGlobal('setTimeout', (act: () => void, ms: number) => real(act, ms + lateness));
    const pace = createPace(
      () => performance.now(),
      async () => {},
    );
    pace.stepsPerSecond = speed;
    let steps = 0;
    void (async () => {
      for (;;) {
        await pace.wait(performance.now(), () => true);
        steps++;
      }
    })();
    await vi.advanceTimersByTimeAsync(10_000);
    vi.unstubAllGlobals();
    expect(steps).toBeGreaterThanOrEqual(9.9 * speed);
    // Never faster than it says.
    expect(steps).toBeLessThanOrEqual(10.1 * speed + 2);
  });
});

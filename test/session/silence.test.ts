import { beforeEach, describe, expect, it } from 'vitest';
import { BEAT_MS, SILENT_MS, watchSilence, type SilenceWatch } from '../../src/session/silence.ts';

let now: number;
let isVisible: boolean;
let said: (string | number)[];
let watch: SilenceWatch;

beforeEach(() => {
  now = 0;
  isVisible = true;
  said = [];
  watch = watchSilence({
    now: () => now,
    isVisible: () => isVisible,
    ping: () => said.push('ping'),
    silent: (seconds) => said.push(seconds),
    answers: () => said.push('answers'),
  });
});

/** So many beats, each after `ms`. */
function beats(count: number, ms = BEAT_MS): void {
  for (let n = 0; n < count; n++) {
    now += ms;
    watch.beat();
  }
}
const LIMIT = SILENT_MS / BEAT_MS;

describe('a watch over a worker', () => {
  it('asks once until there is an answer, and says nothing of one that answers', () => {
    for (let n = 0; n < 3 * LIMIT; n++) {
      beats(1);
      watch.sign();
    }
    expect(said).toEqual(Array(3 * LIMIT).fill('ping'));
  });

  it('tells how long there is no answer, again after as much more, and when there is one', () => {
    beats(1 + LIMIT - 1);
    expect(said).toEqual(['ping']);
    beats(1);
    expect(said).toEqual(['ping', 45]);
    beats(LIMIT);
    expect(said).toEqual(['ping', 45, 90]);
    watch.sign();
    watch.sign();
    expect(said).toEqual(['ping', 45, 90, 'answers']);
    beats(1 + LIMIT);
    expect(said.slice(4)).toEqual(['ping', 45]);
  });

  it('does not take a long piece of work for silence', () => {
    beats(1);
    // Shaders compile for 40 s, and all that was asked meanwhile is answered then.
    beats(40_000 / BEAT_MS);
    watch.sign();
    beats(40_000 / BEAT_MS);
    expect(said).toEqual(['ping', 'ping']);
  });

  it('counts no time in which the page is hidden, and asks nothing', () => {
    isVisible = false;
    beats(5, 60_000);
    expect(said).toEqual([]);
    isVisible = true;
    beats(1 + LIMIT - 1);
    isVisible = false;
    beats(100, 60_000);
    isVisible = true;
    expect(said).toEqual(['ping']);
    beats(1);
    expect(said).toEqual(['ping', 45]);
  });

  it('counts a night that the machine has slept through as one beat', () => {
    beats(2);
    beats(1, 8 * 3_600_000);
    expect(said).toEqual(['ping']);
    beats(LIMIT - 3);
    expect(said).toEqual(['ping']);
    beats(1);
    expect(said).toEqual(['ping', 45]);
  });

  it('counts nothing where the clock goes back', () => {
    beats(1);
    beats(1, -3_600_000);
    beats(LIMIT - 1);
    expect(said).toEqual(['ping']);
    beats(1);
    expect(said).toEqual(['ping', 45]);
  });
});

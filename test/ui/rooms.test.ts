import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/run/defaults.ts';
import { parsePermalink } from '../../src/run/permalink.ts';
import { AddressedPage } from '../../src/ui/addressedPage.svelte.ts';
import { ROOM_IDS } from '../../src/ui/rooms/ids.ts';
import { ROOMS } from '../../src/ui/rooms/rooms.ts';
// What a page fetches later is there at once, so that none is still waiting when the tests are over.
import '../../src/run/settings.ts';
import '../../src/ui/runs/runs.svelte.ts';

/** The entries of a history, with what an address has behind its path. */
let entries: { hash: string; state: unknown }[];
let at: number;
beforeEach(() => {
  // What a page has still to write ends with its test.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  [entries, at] = [[{ hash: '', state: null }], 0];
  const here = () => entries[at]!;
  vi.stubGlobal('document', { addEventListener: () => {}, hidden: false });
  vi.stubGlobal('location', {
    pathname: '/',
    search: '',
    get hash() {
      return here().hash;
    },
  });
  const hashOf = (url: string | undefined) =>
    url === undefined ? here().hash : url.startsWith('#') ? url : '';
  vi.stubGlobal('history', {
    get state() {
      return here().state;
    },
    replaceState: (state: unknown, _: string, url?: string) =>
      (entries[at] = { hash: hashOf(url), state }),
    pushState: (state: unknown, _: string, url?: string) => {
      entries.splice(at + 1, Infinity, { hash: hashOf(url), state });
      at++;
    },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A page that computes nothing, and comes to what the address says. */
class LinkedPage extends AddressedPage {
  constructor(hash: string) {
    super();
    this.take(parsePermalink(hash));
    this.address.arrive();
  }
  /** @returns whether the reader has only gone from room to room. */
  go(by: number): boolean {
    at += by;
    const isHere = this.address.arrive();
    if (isHere) this.returnTo(parsePermalink(location.hash).view.room);
    return isHere;
  }
  follow(hash: string): boolean {
    entries.splice(++at, Infinity, { hash, state: null });
    return this.address.arrive();
  }
}

describe('the room of a link', () => {
  it.each(ROOM_IDS)('%s is opened', (room) => {
    const page = new LinkedPage(`#room=${room}`);
    expect([page.room, page.notices]).toEqual([room, []]);
  });

  it.each([
    ['cellar', 'cellar'],
    ['Problems', 'Problems'],
    ['x'.repeat(5000), 'x'.repeat(40)],
  ])('that there is not is named, and ignored', (room, named) => {
    const page = new LinkedPage(`#seed=7&room=${room}`);
    expect(page.room).toBe('problems');
    expect(page.settings.seed).toBe(7);
    expect(page.notices).toEqual([
      `The link has an unknown room '${named}'; it is ignored. The rooms are ${ROOM_IDS.join(', ')}.`,
    ]);
  });

  it('is that of the studies where it names a study and no room', () => {
    expect(new LinkedPage('#study=kl').room).toBe('studies');
    expect(new LinkedPage('#study=kl&room=runs').room).toBe('runs');
    expect(new LinkedPage('#seed=7').room).toBe('problems');
  });
});

describe('a room that is chosen', () => {
  const chosen = async (page: LinkedPage, ...rooms: (typeof ROOM_IDS)[number][]) => {
    for (const room of rooms) {
      page.chooseRoom(room);
      await vi.waitFor(() =>
        expect(location.hash.includes(`room=${room}`)).toBe(room !== 'problems'),
      );
    }
  };

  it('stands in the address as an entry of its own, the first one without its name', async () => {
    const page = new LinkedPage('');
    await chosen(page, 'update', 'problems');
    expect(entries).toHaveLength(3);
    page.chooseRoom('problems');
    expect(entries).toHaveLength(3);
  });

  it('is gone Back from with the controls as they are, and with the address of the run on screen', async () => {
    const page = new LinkedPage('');
    await chosen(page, 'update', 'runs');
    page.settings.seed = 5;
    page.applied = { ...DEFAULT_SETTINGS, seed: 9 };
    expect(page.go(-1)).toBe(true);
    expect([page.room, page.settings.seed, page.applied.seed]).toEqual(['update', 5, 9]);
    expect(location.hash).toMatch(/seed=9.*room=update/);
    expect(page.go(-1)).toBe(true);
    expect(page.room).toBe('problems');
  });

  it('is of another place than what a link has led to, and a reload is not', async () => {
    const page = new LinkedPage('');
    await chosen(page, 'update');
    expect(page.follow('#seed=3')).toBe(false);
    expect(page.go(-1)).toBe(false);
    expect(page.go(-1)).toBe(true);
    expect(new LinkedPage(location.hash).go(1)).toBe(true);
  });
});

describe('the rooms', () => {
  const shownOf = (settings: Partial<typeof DEFAULT_SETTINGS>) =>
    ROOM_IDS.filter((id) => ROOMS[id].shows({ ...DEFAULT_SETTINGS, ...settings }));
  it('are those that a run has something for', () => {
    expect(shownOf({ prior: 'narrow' })).toEqual(ROOM_IDS);
    expect(shownOf({ prior: 'broad' })).not.toContain('beyond');
    expect(shownOf({ experiment: 'power-sampling' })).not.toContain('algorithm');
  });
});

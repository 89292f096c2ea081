import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/run/defaults.ts';
import { parsePermalink } from '../../src/run/permalink.ts';
import { ROOM_IDS } from '../../src/ui/rooms/ids.ts';
import { ROOMS } from '../../src/ui/rooms/rooms.ts';
import { PageAddress } from '../../src/ui/state/pageAddress.ts';
import { Place } from '../../src/ui/state/place.svelte.ts';
import { createTable } from '../../src/ui/state/table.ts';
import { pageOf } from './fixtures/page.svelte.ts';

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
function linked(hash: string) {
  const { view, problems, settings } = parsePermalink(hash);
  const { figures, run } = pageOf({ run: { settings } });
  const place: Place = new Place((by) => address[by === 'room' ? 'push' : 'nameStudy']());
  const address = new PageAddress({ figures, place, withTable: createTable(() => {}) });
  address.take(view);
  const notices = [...problems, ...place.take(view)];
  address.arrive();
  return {
    ...{ place, run, notices },
    /** @returns whether the reader has only gone from room to room. */
    go(by: number): boolean {
      at += by;
      const isHere = address.arrive();
      if (isHere) {
        place.returnTo(parsePermalink(location.hash).view.room);
        address.write();
      }
      return isHere;
    },
    follow(to: string): boolean {
      entries.splice(++at, Infinity, { hash: to, state: null });
      return address.arrive();
    },
  };
}

describe('the room of a link', () => {
  it.each(ROOM_IDS)('%s is opened', (room) => {
    const page = linked(`#room=${room}`);
    expect([page.place.room, page.notices]).toEqual([room, []]);
  });

  it.each([
    ['cellar', 'cellar'],
    ['Problems', 'Problems'],
    ['x'.repeat(5000), 'x'.repeat(40)],
  ])('that there is not is named, and ignored', (room, named) => {
    const page = linked(`#seed=7&room=${room}`);
    expect(page.place.room).toBe('problems');
    expect(page.run.settings.seed).toBe(7);
    expect(page.notices).toEqual([
      `The link has an unknown room '${named}'; it is ignored. The rooms are ${ROOM_IDS.join(', ')}.`,
    ]);
  });

  it('is that of the studies where it names a study and no room', () => {
    expect(linked('#study=kl').place.room).toBe('studies');
    expect(linked('#study=kl&room=runs').place.room).toBe('runs');
    expect(linked('#seed=7').place.room).toBe('problems');
  });
});

describe('a room that is chosen', () => {
  const chosen = async (
    { place }: ReturnType<typeof linked>,
    ...rooms: (typeof ROOM_IDS)[number][]
  ) => {
    for (const room of rooms) {
      place.chooseRoom(room);
      await vi.waitFor(() =>
        expect(location.hash.includes(`room=${room}`)).toBe(room !== 'problems'),
      );
    }
  };

  it('stands in the address as an entry of its own, the first one without its name', async () => {
    const page = linked('');
    await chosen(page, 'update', 'problems');
    expect(entries).toHaveLength(3);
    page.place.chooseRoom('problems');
    expect(entries).toHaveLength(3);
  });

  it('is gone Back from with the run as it is, and with its address', async () => {
    const page = linked('');
    await chosen(page, 'update', 'runs');
    page.run.settings = { ...DEFAULT_SETTINGS, seed: 9 };
    expect(page.go(-1)).toBe(true);
    expect([page.place.room, page.run.settings.seed]).toEqual(['update', 9]);
    expect(location.hash).toMatch(/seed=9.*room=update/);
    expect(page.go(-1)).toBe(true);
    expect(page.place.room).toBe('problems');
  });

  it('is of another place than what a link has led to, and a reload is not', async () => {
    const page = linked('');
    await chosen(page, 'update');
    expect(page.follow('#seed=3')).toBe(false);
    expect(page.go(-1)).toBe(false);
    expect(page.go(-1)).toBe(true);
    expect(linked(location.hash).go(1)).toBe(true);
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

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeTurns, talkToHost, watchSight } from '../../src/embed/frame.ts';
import { messageOf } from '../../src/embed/messages.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a frame out of sight', () => {
  let see: (isIntersecting: boolean) => void;
  const did: string[] = [];
  beforeEach(() => {
    did.length = 0;
    vi.useFakeTimers();
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
          see = (isIntersecting) => callback([{ isIntersecting }]);
        }
        observe(): void {}
      },
    );
    const note = (what: string) => () => void did.push(what);
    watchSight({} as Element, {
      seen: note('seen'),
      pause: note('pause'),
      release: note('release'),
    });
  });

  it('pauses after a second, and after fifteen lets go of what computes', () => {
    see(true);
    see(false);
    vi.advanceTimersByTime(999);
    expect(did).toEqual(['seen']);
    vi.advanceTimersByTime(1);
    expect(did).toEqual(['seen', 'pause']);
    vi.advanceTimersByTime(13_999);
    expect(did).toEqual(['seen', 'pause']);
    vi.advanceTimersByTime(1);
    expect(did).toEqual(['seen', 'pause', 'release']);
  });

  it('goes on where it is seen again before that', () => {
    see(false);
    vi.advanceTimersByTime(900);
    see(true);
    vi.advanceTimersByTime(60_000);
    expect(did).toEqual(['seen']);
  });
});

describe('the frames of a page', () => {
  it('let go when another of them begins, and not when one of another page does', async () => {
    const released: string[] = [];
    const frame = (name: string, page: string) => takeTurns(page, () => released.push(name));
    frame('a', 'one');
    const b = frame('b', 'one');
    frame('c', 'two');
    b.begin();
    await vi.waitFor(() => expect(released).toContain('a'));
    expect(released).toEqual(['a']);
  });
});

describe('the talk of a frame', () => {
  const HOST = 'https://post.example';
  /** A frame in a page, with what it has said and taken. */
  function framed(host: string | null) {
    const said: { message: object; to: string }[] = [];
    const taken: object[] = [];
    const parent = { postMessage: (message: object, to: string) => said.push({ message, to }) };
    let hear: (event: object) => void = () => undefined;
    vi.stubGlobal('window', { parent });
    vi.stubGlobal('location', { href: 'https://site.example/v1/embed.html' });
    vi.stubGlobal('addEventListener', (_: string, listener: typeof hear) => (hear = listener));
    const talk = talkToHost({ host }, (command) => taken.push(command));
    return { ...{ talk, said, taken, parent }, hear: (event: object) => hear(event) };
  }

  it('takes commands from its host alone, and answers nobody else', () => {
    const { said, taken, parent, hear } = framed(HOST);
    const play = messageOf({ kind: 'play' });
    hear({ source: {}, origin: HOST, data: play });
    hear({ source: parent, origin: 'https://other.example', data: play });
    hear({ source: parent, origin: HOST, data: 'hello' });
    hear({ source: parent, origin: HOST, data: { kind: 'play' } });
    expect([taken, said]).toEqual([[], []]);
    hear({ source: parent, origin: HOST, data: play });
    expect(taken).toEqual([{ kind: 'play' }]);
  });

  it.each(['null', 'file://'])('hears a page from a file, whose origin is told as %s', (origin) => {
    const { taken, parent, hear } = framed('null');
    hear({ source: parent, origin, data: messageOf({ kind: 'play' }) });
    hear({ source: parent, origin: 'https://other.example', data: messageOf({ kind: 'pause' }) });
    expect(taken).toEqual([{ kind: 'play' }]);
  });

  it('says what was wrong with a command, to its host', () => {
    const { said, taken, parent, hear } = framed(HOST);
    hear({ source: parent, origin: HOST, data: { rlvr: 1, kind: 'explode' } });
    expect(taken).toEqual([]);
    expect(said).toEqual([
      {
        to: HOST,
        message: expect.objectContaining({
          rlvr: 1,
          kind: 'problem',
          message:
            "a message is of the kind 'explode', expected one of play, pause, step, reset, release, load, theme, words, state",
        }) as object,
      },
    ]);
  });

  it('tells a page that is not named nothing but its height, in two manners', () => {
    const { talk, said, taken, parent, hear } = framed(null);
    hear({ source: parent, origin: HOST, data: messageOf({ kind: 'play' }) });
    talk.tell({ kind: 'ready' });
    talk.tell({ kind: 'height', height: 640 });
    expect(taken).toEqual([]);
    expect(said).toEqual([
      { to: '*', message: { rlvr: 1, kind: 'height', height: 640 } },
      {
        to: '*',
        message: {
          context: 'iframe.resize',
          src: 'https://site.example/v1/embed.html',
          height: 640,
        },
      },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import {
  messageOf,
  readCommand,
  readEvent,
  type EmbedCommand,
  type EmbedEvent,
  type EmbedState,
} from '../../src/embed/messages.ts';

const STATE: EmbedState = {
  ...{ status: 'playing', step: 12, steps: 300, passAt1: 0.2, passAt256: null, entropy: 0.5 },
  link: '#seed=7',
};
const COMMANDS: EmbedCommand[] = [
  { kind: 'play' },
  { kind: 'play', until: 120 },
  { kind: 'pause' },
  { kind: 'step' },
  { kind: 'reset' },
  { kind: 'release' },
  { kind: 'load', link: 'preset=coin&seed=7' },
  { kind: 'theme', theme: 'dark' },
  { kind: 'theme', theme: 'light', of: 'attribute' },
  { kind: 'words', title: 'A title', caption: '' },
  { kind: 'state', id: 3 },
];
const EVENTS: EmbedEvent[] = [
  { kind: 'ready' },
  { kind: 'height', height: 412 },
  { kind: 'change', state: STATE },
  { kind: 'answer', id: 3, state: STATE },
  { kind: 'problem', message: 'lr is wrong' },
];

describe('messages between a page and a frame', () => {
  it.each(COMMANDS)('come back as they were sent: $kind', (command) => {
    expect(readCommand(structuredClone(messageOf(command)))).toEqual({ ok: true, value: command });
  });
  it.each(EVENTS)('come back as they were sent: $kind', (event) => {
    expect(readEvent(structuredClone(messageOf(event)))).toEqual({ ok: true, value: event });
  });

  it('of others are none of ours', () => {
    for (const data of [null, undefined, 3, 'play', [], {}, { kind: 'play' }, { context: 'x' }])
      expect(readCommand(data)).toBeNull();
  });

  it.each([
    [{ rlvr: 2, kind: 'play' }, 'a message has version 2, expected 1'],
    [
      { rlvr: 'x'.repeat(50), kind: 'play' },
      `a message has version '${'x'.repeat(40)}…', expected 1`,
    ],
    [
      { rlvr: 1, kind: 'toString' },
      "a message is of the kind 'toString', expected one of play, pause, step, reset, release, load, theme, words, state",
    ],
    [{ rlvr: 1, kind: ['play'] }, /^a message is of the kind a object, expected one of/],
    [
      { rlvr: 1, kind: 'play', until: 1.5 },
      "a message 'play' was expected to have until to be a whole number from 0 to 100000",
    ],
    [
      { rlvr: 1, kind: 'theme', theme: 'blue' },
      "a message 'theme' was expected to have theme to be light or dark",
    ],
    [
      { rlvr: 1, kind: 'words', title: 3, caption: '' },
      "a message 'words' was expected to have title and caption to be texts",
    ],
    [
      { rlvr: 1, kind: 'load', link: 'x'.repeat(12_001) },
      "a message 'load' was expected to have link to be a text of at most 12000 characters",
    ],
  ])('are refused with what was expected: %j', (data, problem) => {
    expect(readCommand(data)).toEqual({
      ok: false,
      problem: typeof problem === 'string' ? problem : expect.stringMatching(problem),
    });
  });

  it('survive 2,000 mutations: refused with words, or a command with fields as they must be', () => {
    const random = uniformSequence({ seed: 7, stream: 99, step: 0 });
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
    const STRANGE: unknown[] = [
      ...[null, undefined, NaN, Infinity, -1, 1e9, '', '<img src=x onerror=alert(1)>', [], {}],
      ...[Object.create(null), 'constructor', '__proto__', true, 0n, new Date(0), STATE],
    ];
    let refused = 0;
    for (let n = 0; n < 2000; n++) {
      const message: Record<string, unknown> = messageOf(pick([...COMMANDS, ...EVENTS]));
      for (let edits = 1 + Math.floor(random() * 3); edits > 0; edits--) {
        const key = pick([
          'rlvr',
          'kind',
          'until',
          'link',
          'theme',
          'id',
          'height',
          'state',
          'of',
          'title',
        ]);
        if (random() < 0.3) delete message[key];
        else message[key] = pick(STRANGE);
      }
      for (const read of [readCommand(message), readEvent(message)]) {
        if (!read) expect('rlvr' in message).toBe(false);
        else if (!read.ok) {
          refused++;
          expect(read.problem.length).toBeGreaterThan(10);
          expect(read.problem.length).toBeLessThan(300);
          expect(read.problem).toMatch(/expected/);
        } else {
          const again = JSON.parse(JSON.stringify(messageOf(read.value as EmbedCommand))) as object;
          const reader = COMMANDS.some(({ kind }) => kind === read.value.kind)
            ? readCommand
            : readEvent;
          expect(reader(again)?.ok).toBe(true);
        }
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });
});

/** What a page and the frame of a playground in it say to each other, by `postMessage`: plain data, checked where it arrives. */

/** In every message, so that those of others are told apart; another number is another set of messages. */
export const MESSAGE_VERSION = 1;

/** What a page asks of a frame. */
export type EmbedCommand =
  /** Trains to the end, or to a step. */
  | { kind: 'play'; until?: number }
  | { kind: 'pause' }
  | { kind: 'step' }
  | { kind: 'reset' }
  /** Lets go of what computes: another of the page has begun. */
  | { kind: 'release' }
  /** Another set-up, as the fragment of a link has it: `preset=coin&seed=7`. */
  | { kind: 'load'; link: string }
  /** What the page around is; of an attribute, in place of the theme that the link has. */
  | { kind: 'theme'; theme: 'light' | 'dark'; of?: 'attribute' }
  /** What stands above the figures; '' for what is said without it. */
  | { kind: 'words'; title: string; caption: string }
  /** Is answered by `answer` with the same number. */
  | { kind: 'state'; id: number };

/** How a playground stands; numbers that there are not yet are null. */
export interface EmbedState {
  status:
    | 'poster'
    | 'loading'
    | 'recorded'
    | 'paused'
    | 'playing'
    | 'finished'
    | 'failed'
    /** The reader has stopped what it was getting ready. */
    | 'cancelled'
    /** It has let go of what computes, out of sight or for another of the page. */
    | 'released';
  step: number;
  /** At which the run ends. */
  steps: number;
  /** Exact pass@k of held-out problems at the last evaluation. */
  passAt1: number | null;
  passAt256: number | null;
  /** Nats a token. */
  entropy: number | null;
  /** The link of the set-up, to be opened in the whole playground. */
  link: string;
}

/** While it stands so, something computes. */
export const COMPUTES: ReadonlySet<EmbedState['status']> = new Set(['loading', 'playing']);

/** What a frame tells the page. */
export type EmbedEvent =
  | { kind: 'ready' }
  /** Pixels that a page should keep for these figures, by `heightOf`: nothing that is on screen changes them. */
  | { kind: 'height'; height: number }
  | { kind: 'change'; state: EmbedState }
  | { kind: 'answer'; id: number; state: EmbedState }
  /** What was wrong, and what was expected. */
  | { kind: 'problem'; message: string };

/** A message read: what it says, or what is wrong with it; null for one of somebody else. */
export type Read<T> = { ok: true; value: T } | { ok: false; problem: string } | null;

export const messageOf = <T extends EmbedCommand | EmbedEvent>(value: T): T & { rlvr: number } => ({
  rlvr: MESSAGE_VERSION,
  ...value,
});

type Fields = Readonly<Record<string, unknown>>;
/** Reads the fields of one kind of message, or says what was expected of them. */
type Reader<T> = (fields: Fields) => T | string;

const isStep = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 100_000;
const isId = (value: unknown): value is number => Number.isSafeInteger(value);
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Characters of what a page says above the figures. */
export const LONGEST = { title: 120, caption: 300 } as const;

/** A link is longer than its settings, or the counts of results, need only if somebody wants to find out what happens. */
const LONGEST_LINK = 12_000;

const COMMANDS: { [Kind in EmbedCommand['kind']]: Reader<Extract<EmbedCommand, { kind: Kind }>> } =
  {
    play: ({ until }) => {
      if (until === undefined) return { kind: 'play' };
      return isStep(until)
        ? { kind: 'play', until }
        : 'until to be a whole number from 0 to 100000';
    },
    pause: () => ({ kind: 'pause' }),
    step: () => ({ kind: 'step' }),
    reset: () => ({ kind: 'reset' }),
    release: () => ({ kind: 'release' }),
    load: ({ link }) =>
      typeof link === 'string' && link.length <= LONGEST_LINK
        ? { kind: 'load', link }
        : `link to be a text of at most ${LONGEST_LINK} characters`,
    theme: ({ theme, of }) => {
      if (theme !== 'light' && theme !== 'dark') return 'theme to be light or dark';
      return { kind: 'theme', theme, ...(of === 'attribute' ? { of } : {}) };
    },
    words: ({ title, caption }) =>
      typeof title === 'string' && typeof caption === 'string'
        ? { kind: 'words', title, caption }
        : 'title and caption to be texts',
    state: ({ id }) => (isId(id) ? { kind: 'state', id } : 'id to be a whole number'),
  };

const STATUSES: readonly EmbedState['status'][] = [
  ...(['poster', 'loading', 'recorded', 'paused', 'playing', 'finished'] as const),
  ...(['failed', 'cancelled', 'released'] as const),
];

function isState(value: unknown): value is EmbedState {
  if (!isObject(value)) return false;
  const { status, step, steps, link } = value;
  const numbers = [value['passAt1'], value['passAt256'], value['entropy']];
  return (
    STATUSES.some((known) => known === status) &&
    isStep(step) &&
    isStep(steps) &&
    typeof link === 'string' &&
    numbers.every((each) => each === null || typeof each === 'number')
  );
}

/** A frame as high as this is a mistake. */
const HIGHEST = 20_000;

const EVENTS: { [Kind in EmbedEvent['kind']]: Reader<Extract<EmbedEvent, { kind: Kind }>> } = {
  ready: () => ({ kind: 'ready' }),
  height: ({ height }) =>
    typeof height === 'number' && height > 0 && height <= HIGHEST
      ? { kind: 'height', height }
      : `height to be a number from 0 to ${HIGHEST}`,
  change: ({ state }) =>
    isState(state) ? { kind: 'change', state } : 'state to be that of a playground',
  answer: ({ id, state }) =>
    isId(id) && isState(state)
      ? { kind: 'answer', id, state }
      : 'id to be a whole number and state to be that of a playground',
  problem: ({ message }) =>
    typeof message === 'string' ? { kind: 'problem', message } : 'message to be a text',
};

function read<T>(readers: Readonly<Record<string, Reader<T>>>, data: unknown): Read<T> {
  if (!isObject(data) || !('rlvr' in data)) return null;
  const { rlvr, kind } = data;
  if (rlvr !== MESSAGE_VERSION)
    return {
      ok: false,
      problem: `a message has version ${said(rlvr)}, expected ${MESSAGE_VERSION}`,
    };
  const reader = typeof kind === 'string' && Object.hasOwn(readers, kind) ? readers[kind] : null;
  if (!reader)
    return {
      ok: false,
      problem: `a message is of the kind ${said(kind)}, expected one of ${Object.keys(readers).join(', ')}`,
    };
  const value = reader(data);
  return typeof value === 'string'
    ? { ok: false, problem: `a message '${String(kind)}' was expected to have ${value}` }
    : { ok: true, value };
}

/** What somebody sent, as a message can show it. */
function said(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}…` : value}'`;
  return typeof value === 'number' || value === undefined || value === null
    ? String(value)
    : `a ${typeof value}`;
}

/** What a page has sent to the frame. Never throws. */
export const readCommand = (data: unknown): Read<EmbedCommand> =>
  read<EmbedCommand>(COMMANDS, data);

/** What a frame has sent to the page. Never throws. */
export const readEvent = (data: unknown): Read<EmbedEvent> => read<EmbedEvent>(EVENTS, data);

import { addressOf, askedBy, frameAt, rulesOf, titleOf, type Asked } from './attributes.ts';
import {
  COMPUTES,
  messageOf,
  readEvent,
  type EmbedCommand,
  type EmbedEvent,
  type EmbedState,
} from './messages.ts';
import { OPAQUE, targetOf } from './origins.ts';
import { GROUND, hostTheme, isTheme, watchTheme, type Theme } from './theme.ts';

/** The playground's own events. */
export interface RlvrPlaygroundEvents {
  'rlvr-ready': CustomEvent<Record<string, never>>;
  'rlvr-change': CustomEvent<EmbedState>;
  'rlvr-problem': CustomEvent<{ message: string }>;
}
interface EventMap extends HTMLElementEventMap, RlvrPlaygroundEvents {}

/** Beside this script, also where another page has loaded it from elsewhere. */
const FRAME = 'embed.html';
/** Milliseconds for an answer. */
const PATIENCE = 10_000;
/** Whatever of this page computes in a frame that the other frames cannot hear. */
let computing: RlvrPlayground | null = null;

export interface RlvrPlayground {
  addEventListener<Type extends keyof EventMap>(
    type: Type,
    listener: (this: RlvrPlayground, event: EventMap[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Type extends keyof EventMap>(
    type: Type,
    listener: (this: RlvrPlayground, event: EventMap[Type]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/**
 * `<rlvr-playground preset="crossing" figures="passk,entropy">`: a playground in a page of somebody else. Its attributes
 * are those of a link: `preset`, every setting by its flag, `curve`, `figures`, `hide`, `theme`, `step`; `title` and `caption`
 * are what stands above the figures; with `autorun` it trains when it is seen, but for readers who want reduced motion. Its
 * height is that of its figures, or `height`, from when it is defined: nothing of the page moves later. It is a frame of the
 * playground's own origin, or of an opaque one where the page is sandboxed, so that nothing of the page reaches it, nor of
 * it the page, but messages.
 *
 * Events, each with `detail`: `rlvr-ready`, `rlvr-change` (an {@link EmbedState}, at most ten a second), `rlvr-problem`
 * (what was wrong and what was expected).
 */
export class RlvrPlayground extends HTMLElement {
  #frame: HTMLIFrameElement | null = null;
  /** What its attributes asked for last. */
  #asked: Asked | null = null;
  readonly #sheet = new CSSStyleSheet();
  #origin = '';
  /** The origin that the frame turned out to have. */
  #heard = '';
  #isReady = false;
  #computes = false;
  /** What has been asked before the frame could hear it. */
  #waiting: EmbedCommand[] = [];
  #questions = new Map<number, { resolve(state: EmbedState): void; reject(reason: Error): void }>();
  #lastId = 0;
  #attributes = new MutationObserver(() => this.#show());
  #forget: (() => void) | null = null;

  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    // By the object model, which a page's content security policy does not forbid; a style element it may.
    root.adoptedStyleSheets = [this.#sheet];
    addEventListener('message', this.#hear);
    this.#attributes.observe(this, { attributes: true });
    this.#forget = watchTheme(this, (theme) => {
      if (isTheme(this.#asked!.theme)) return;
      this.#send({ kind: 'theme', theme });
      this.#ground(theme);
    });
    this.#show();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#hear);
    this.#attributes.disconnect();
    this.#forget?.();
    this.#frame?.remove();
    this.#frame = null;
    this.#isReady = this.#computes = false;
    if (computing === this) computing = null;
    for (const { reject } of this.#questions.values())
      reject(new Error('the playground has been taken out of the page'));
    this.#questions.clear();
  }

  /** Trains until the run's end, or until a step. */
  play(until?: number): void {
    this.#send({ kind: 'play', ...(until === undefined ? {} : { until }) });
  }

  pause(): void {
    this.#send({ kind: 'pause' });
  }

  /** One training step. */
  step(): void {
    this.#send({ kind: 'step' });
  }

  /** Back to the base; the same seed gives the same run. */
  reset(): void {
    this.#send({ kind: 'reset' });
  }

  /** Another set-up, as the fragment of a link has it: `preset=coin&seed=7`, with what it shows and how. */
  load(link: string): void {
    this.#send({ kind: 'load', link });
  }

  /** How it stands. Rejects where no answer comes. */
  state(): Promise<EmbedState> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#questions.set(id, { resolve, reject });
      setTimeout(() => {
        if (this.#questions.delete(id))
          reject(new Error(`the playground has not answered within ${PATIENCE / 1000} s`));
      }, PATIENCE);
      this.#send({ kind: 'state', id });
    });
  }

  #show(): void {
    const asked = askedBy(this);
    const before = this.#asked;
    this.#asked = asked;
    this.#sheet.replaceSync(rulesOf(asked));
    const theme = isTheme(asked.theme) ? asked.theme : hostTheme(this);
    // A frame that is loaded again begins from the base: only for what it shows, not for a class or a style of the page.
    if (!this.#frame || before?.link !== asked.link) return this.#load(asked, theme);
    const { title, caption } = asked;
    if (before.theme !== asked.theme) {
      if (asked.theme !== null && !isTheme(asked.theme))
        this.#complain(`theme is '${asked.theme.slice(0, 60)}', expected light or dark`);
      this.#send({ kind: 'theme', theme, of: 'attribute' });
      this.#ground(theme);
    }
    if (before.title === title && before.caption === caption) return;
    this.#frame.title = titleOf(asked);
    this.#send({ kind: 'words', title, caption });
  }

  #load(asked: Asked, theme: Theme): void {
    const url = new URL(/* @vite-ignore */ FRAME, import.meta.url);
    url.hash = addressOf(asked, theme);
    const frame = frameAt(url, asked);
    // Of a frame whose script is missing nothing is ever heard.
    frame.onload = () => setTimeout(() => this.#missBeginning(frame), PATIENCE);
    this.#origin = url.origin;
    this.#isReady = this.#computes = false;
    // Its address says it.
    this.#waiting = this.#waiting.filter(({ kind }) => kind !== 'theme' && kind !== 'words');
    this.shadowRoot!.replaceChildren(frame);
    this.#frame = frame;
    this.#ground(theme);
  }

  /** What is seen of the frame before it has loaded. */
  #ground(theme: Theme): void {
    this.#frame!.style.background = GROUND[theme];
  }

  #missBeginning(frame: HTMLIFrameElement): void {
    if (this.#frame !== frame || this.#isReady) return;
    this.#complain(
      `the frame has not begun within ${PATIENCE / 1000} s, expected a playground at ${frame.src.split('#')[0]}: ` +
        'a part of it is missing, or a newer version has taken its place; reload the page',
    );
  }

  #complain(message: string): void {
    console.warn(`<rlvr-playground>: ${message}`);
    this.#tell('rlvr-problem', { message });
  }

  #send(command: EmbedCommand): void {
    if (this.#isReady)
      this.#frame?.contentWindow?.postMessage(messageOf(command), targetOf(this.#heard));
    else this.#waiting.push(command);
  }

  #hear = ({ source, origin, data }: MessageEvent): void => {
    if (!this.#frame || source !== this.#frame.contentWindow) return;
    // In a sandboxed page the frame is sandboxed too, and no longer of its own origin.
    if (origin !== this.#origin && (origin !== OPAQUE || self.origin !== OPAQUE)) return;
    const read = readEvent(data);
    if (!read) return;
    this.#heard = origin;
    if (read.ok) this.#take(read.value);
    else this.#tell('rlvr-problem', { message: read.problem });
  };

  #take(event: EmbedEvent): void {
    switch (event.kind) {
      case 'ready':
        this.#isReady = true;
        for (const command of this.#waiting.splice(0)) this.#send(command);
        this.#tell('rlvr-ready', {});
        break;
      // Of use to a page with a plain frame; the element has kept that height from the beginning.
      case 'height':
        break;
      case 'change':
        if (this.#heard === OPAQUE) this.#takeTurn(COMPUTES.has(event.state.status));
        this.#tell('rlvr-change', event.state);
        break;
      case 'answer':
        this.#questions.get(event.id)?.resolve(event.state);
        this.#questions.delete(event.id);
        break;
      case 'problem':
        this.#complain(event.message);
        break;
    }
  }

  /** At most one playground of a page computes; frames of an origin arrange that among themselves. */
  #takeTurn(computes: boolean): void {
    const begins = computes && !this.#computes;
    this.#computes = computes;
    if (!begins) return;
    if (computing && computing !== this) computing.#send({ kind: 'release' });
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- which of all elements computes, not a name for `this`
    computing = this;
  }

  #tell(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

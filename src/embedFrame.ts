import { drawPoster } from './embed/poster.ts';
import { takeTurns, talkToHost, tellHeight, watchSight, type Embedded } from './embed/frame.ts';
import type { EmbedCommand, EmbedState } from './embed/messages.ts';
import { frameParameters } from './embed/parameters.ts';
import { POSTER } from './embed/words.ts';
import { tellOfLostParts } from './parts/lost.ts';
import { baseName, type BaseEntry } from './run/bases.ts';
import { parsePermalink, permalinkOf, type ParsedPermalink } from './run/permalink.ts';
import type { Poster } from './run/poster.ts';
import { taskName } from './run/trainSettings.ts';
import { siteUrl } from './site.ts';
import { say } from './text/words.ts';
import './ui/theme.css';
import './embed/frame.css';

const parameters = frameParameters(location);
let link: ParsedPermalink = parsePermalink(parameters.link);
/** What the page around is, as far as it has said. */
let hostTheme = parameters.hostTheme;
let isHidden = false;
/** What runs here, from when somebody wants it. */
let embedded: Promise<Embedded> | null = null;

const content = document.getElementById('embed')!;
function showTheme(): void {
  const theme = link.view.theme ?? hostTheme;
  if (theme) document.documentElement.dataset['theme'] = theme;
  else delete document.documentElement.dataset['theme'];
}

/** Takes what the link says of how it is shown: theme, what is left out. What cannot be is one of its problems. */
async function dress(): Promise<void> {
  const { view } = link;
  showTheme();
  // A link that hides nothing shows all again.
  if (view.hide || isHidden) (await import('./ui/controls.ts')).applyView(link);
  isHidden = view.hide !== undefined;
}
const talk = talkToHost(parameters, (command) => void obey(command));
tellOfLostParts((message) => talk.tell({ kind: 'problem', message }));
await dress();

const turns = takeTurns(parameters.page, () => void embedded?.then((running) => running.release()));

function run(): Promise<Embedded> {
  embedded ??= import('./ui/embed/mount.ts').then(({ mountEmbed }) => {
    content.replaceChildren();
    return mountEmbed(content, link, {
      onChange: (state) => talk.tell({ kind: 'change', state }),
      onBegin: () => turns.begin(),
      onProblems: tellProblems,
    });
  });
  return embedded;
}

/** Trains to the step that the link names, or to the end. */
const start = async (): Promise<void> => (await run()).play(link.view.step);

const posterState = (): EmbedState => ({
  ...{ status: 'poster', step: 0, steps: link.settings.steps },
  ...{ passAt1: null, passAt256: null, entropy: null },
  link: permalinkOf(link.settings),
});

async function obey(command: EmbedCommand): Promise<void> {
  switch (command.kind) {
    case 'theme':
      hostTheme = command.theme;
      showTheme();
      break;
    case 'state': {
      const state = embedded ? (await embedded).state() : posterState();
      talk.tell({ kind: 'answer', id: command.id, state });
      break;
    }
    case 'load':
      await load(parsePermalink(command.link));
      break;
    case 'play':
      (await run()).play(command.until);
      break;
    // Of what does not run yet there is nothing to pause, and a reset leaves it as it is.
    case 'pause':
      if (embedded) (await embedded).pause();
      break;
    case 'reset':
      if (embedded) (await embedded).reset();
      break;
    case 'release':
      if (embedded) (await embedded).release();
      break;
    case 'step':
      (await run()).step();
      break;
  }
}

/** Shows another link in place of this one: its poster before anything has run, else its figures, ready to train. */
async function load(other: ParsedPermalink): Promise<void> {
  const running = embedded;
  embedded = null;
  link = other;
  (await running)?.remove();
  await dress();
  tellProblems(link.problems);
  if (running) await run();
  else await showPoster();
}

function tellProblems(problems: readonly string[]): void {
  for (const message of problems) talk.tell({ kind: 'problem', message });
}

const fetchText = (path: string): Promise<string | null> =>
  fetch(new URL(path, siteUrl())).then(
    (response) => (response.ok ? response.text() : null),
    () => null,
  );

/** A picture of what will run: of a recorded run if it is the one, else of the base that it begins with. */
async function pictureOf({ settings }: ParsedPermalink): Promise<[SVGElement | null, string]> {
  const task = taskName(settings);
  try {
    const poster = permalinkOf(settings) === '' ? await fetchPoster(task) : null;
    if (poster)
      return [
        drawPoster(poster.baseP, poster.p),
        say(POSTER.recorded, { steps: poster.step, seed: poster.seed }),
      ];
    if (settings.base === 'shipped') {
      const { heldOutP } = await fetchEntry(baseName(task, settings));
      return [drawPoster(heldOutP, null), POSTER.baseOnly];
    }
  } catch {
    // Without a picture it can be run all the same.
  }
  return [null, POSTER.none];
}

// What checks a file is loaded while the file is.
async function fetchPoster(task: string): Promise<Poster | null> {
  const [text, { parsePoster }] = await Promise.all([
    fetchText(`runs/${task}.poster.json`),
    import('./run/poster.ts'),
  ]);
  return parsePoster(text ?? '');
}

/** @throws BaseFileError where there is none. */
async function fetchEntry(name: string): Promise<BaseEntry> {
  const [text, { parseBaseEntry }] = await Promise.all([
    fetchText(`bases/${name}.json`),
    import('./run/baseEntry.ts'),
  ]);
  return parseBaseEntry(name, text ?? '');
}

const part = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text = '',
): HTMLElementTagNameMap[Name] => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
};

async function showPoster(): Promise<void> {
  const of = link;
  const [picture, words] = await pictureOf(of);
  if (of !== link || embedded) return;
  const button = part('button', 'run', `▶ ${POSTER.run}`);
  button.dataset['control'] = 'play';
  button.onclick = () => {
    button.disabled = true;
    button.textContent = POSTER.starting;
    void start();
  };
  const open = part('a', 'open', POSTER.open);
  open.dataset['control'] = 'open';
  open.href = new URL(
    permalinkOf(of.settings, of.view.study ? { study: of.view.study } : {}),
    siteUrl(),
  ).href;
  open.target = '_blank';
  open.rel = 'noopener';
  const acts = part('p', 'acts');
  acts.append(button, open);
  const problems = [...parameters.problems, ...of.problems].map((each) =>
    part('p', 'problem', each),
  );
  const main = part('main', 'poster');
  main.append(
    part('h1', 'title', POSTER.title),
    part('p', 'words', words),
    ...(picture ? [picture] : []),
    acts,
    ...problems,
  );
  content.replaceChildren(main);
}

const wantsStillness = matchMedia('(prefers-reduced-motion: reduce)');

tellHeight(content, talk);
// Another address is another frame.
addEventListener('hashchange', () => location.reload());
watchSight(content, {
  seen: () => {
    if (parameters.autorun && !embedded && !wantsStillness.matches) void start();
  },
  pause: () => void embedded?.then((running) => running.pause()),
  release: () => void embedded?.then((running) => running.release()),
});
void showPoster().then(() => {
  talk.tell({ kind: 'ready' });
  tellProblems([...parameters.problems, ...link.problems]);
});

import { takeTurns, talkToHost, watchSight, type Embedded } from './embed/frame.ts';
import { headOf, type Head } from './embed/head.ts';
import { heightOf } from './embed/heights.ts';
import type { EmbedCommand, EmbedState } from './embed/messages.ts';
import { frameParameters, givenWords } from './embed/parameters.ts';
import { picturesOf } from './embed/picture/figures.ts';
import { drawPoster, sayHead } from './embed/posterView.ts';
import { RESULTS_HEAD } from './embed/words.ts';
import { tellOfLostParts } from './parts/lost.ts';
import { parsePermalink, permalinkOf, type ParsedPermalink } from './run/permalink.ts';
import { presetOf } from './run/presetOf.ts';
import { siteUrl } from './site.ts';
import { figuresOf, STANDARD_FIGURES, type FigureName } from './ui/embed/figureNames.ts';
import { knownOf, type Known } from './ui/embed/seen.ts';
import './ui/theme.css';
import './embed/frame.css';
import './embed/poster.css';

const parameters = frameParameters(location);
let link: ParsedPermalink = parsePermalink(parameters.link);
/** What the page around is, as far as it has said. */
let hostTheme = parameters.hostTheme;
/** What the page around has said above the figures; '' for what is said without it. */
let given: Head = { title: parameters.title, caption: parameters.caption };
let names: readonly FigureName[];
let known: Promise<Known>;
/** Of the link, as soon as it is there; null for none. */
let recorded: Known['recorded'] = null;
let isHidden = false;
/** What runs here, from when somebody wants it. */
let embedded: Promise<Embedded> | null = null;

if (parameters.host !== null) document.documentElement.dataset['hosted'] = '';
const content = document.getElementById('embed')!;
function showTheme(): void {
  const theme = link.view.theme ?? hostTheme;
  const { dataset } = document.documentElement;
  if (theme) dataset['theme'] = theme;
  else delete dataset['theme'];
  // Until then nothing has a ground of its own: see frame.css.
  dataset['dressed'] = '';
}

/** Whether it shows results of somebody's own models, of which nothing trains. */
const showsResults = (): boolean => link.view.counts !== undefined;

/** What is said above the figures by what is known so far. */
function head(): Head {
  const own = showsResults()
    ? RESULTS_HEAD
    : headOf(presetOf(link.settings), names, recorded, embedded === null);
  return { title: given.title || own.title, caption: given.caption || own.caption };
}

/** Says it where there is a poster, or what runs in its place. */
async function showHead(): Promise<void> {
  if (embedded) (await embedded).setHead(head());
  else sayHead(content, head());
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
read();
await dress();

const turns = takeTurns(
  parameters.page,
  () => void embedded?.then((running) => running.release('other')),
);

function run(): Promise<Embedded> {
  embedded ??= showsResults() ? mountResults() : mountRun();
  return embedded;
}

function mountRun(): Promise<Embedded> {
  return import('./ui/embed/mount.ts').then(({ mountEmbed }) => {
    const chosen = content.querySelector<HTMLElement>('.poster .chosen')?.dataset['figure'];
    content.replaceChildren();
    return mountEmbed(content, link, {
      ...{ head: head(), names, chosen: names.find((name) => name === chosen) ?? names[0]! },
      onChange: (state) => talk.tell({ kind: 'change', state }),
      onBegin: () => turns.begin(),
    });
  });
}

async function mountResults(): Promise<Embedded> {
  const { counts, ...others } = link.view;
  const shown = {
    ...{ counts: counts!, curve: link.view.curve ?? 'any', state: posterState() },
    problems: [...parameters.problems, ...link.problems],
  };
  for (const key of Object.keys(others))
    if (!['view', 'curve', 'theme', 'hide'].includes(key))
      shown.problems.push(`${key} says nothing of counts; it is ignored`);
  const { mountEmbeddedResults } = await import('./ui/results/mountEmbed.ts');
  content.replaceChildren();
  return mountEmbeddedResults(content, {
    ...shown,
    head: head(),
    onProblem: (message) => talk.tell({ kind: 'problem', message }),
  });
}

/** Trains to the step that the link names, or to the end. */
const start = async (): Promise<void> => (await run()).play(link.view.step);
async function press(): Promise<void> {
  await start();
  // The button goes; who has pressed it by a key stands where the run is paused, unless they have gone on meanwhile.
  if (document.hasFocus())
    content.querySelector<HTMLElement>('[data-control=play]')?.focus({ preventScroll: true });
}

const posterState = (): EmbedState => ({
  ...{ status: 'poster', step: 0, steps: link.settings.steps },
  ...{ passAt1: null, passAt256: null, entropy: null },
  link: permalinkOf(link.settings, showsResults() ? { counts: link.view.counts! } : {}),
});

async function obey(command: EmbedCommand): Promise<void> {
  switch (command.kind) {
    case 'theme':
      hostTheme = command.theme;
      if (command.of === 'attribute') delete link.view.theme;
      showTheme();
      break;
    case 'words': {
      const problems: string[] = [];
      given = givenWords(command, problems);
      tellProblems(problems);
      await showHead();
      break;
    }
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
      if (embedded) (await embedded).release('other');
      break;
    case 'step':
      (await run()).step();
      break;
  }
}

/** Shows another link in place of this one: its poster before anything has run, else its figures, ready to train. */
async function load(other: ParsedPermalink): Promise<void> {
  // Results are there without anybody wanting them to run.
  const running = embedded;
  const hadRun = running !== null && !showsResults();
  embedded = null;
  link = other;
  read();
  (await running)?.remove();
  await dress();
  tellProblems(link.problems);
  if (hadRun) await run();
  else await showPoster();
}

/** Takes the figures of the link, and reads what is known of its run; what is no figure is one of its problems. */
function read(): void {
  const { settings, view, problems } = link;
  const asked = figuresOf(view.figures ?? [], problems);
  names = asked.length > 0 ? asked : STANDARD_FIGURES;
  const height = heightOf(names);
  document.documentElement.style.setProperty('--natural', `${height}px`);
  talk.tell({ kind: 'height', height });
  recorded = null;
  const of = link;
  known = showsResults()
    ? Promise.resolve({ recorded: null, seen: { steps: settings.steps } })
    : knownOf(settings);
  void known.then((found) => {
    if (of !== link) return;
    recorded = found.recorded;
    void showHead();
  });
}

function tellProblems(problems: readonly string[]): void {
  for (const message of problems) talk.tell({ kind: 'problem', message });
}

async function showPoster(): Promise<void> {
  if (showsResults()) {
    await run();
    return;
  }
  const of = link;
  const { seen } = await known;
  if (of !== link || embedded) return;
  const { settings, view } = of;
  content.replaceChildren(
    drawPoster({
      ...{ head: head(), recorded, seen },
      pictures: picturesOf(names, seen),
      problems: [...parameters.problems, ...of.problems],
      whole: new URL(permalinkOf(settings, view.study ? { study: view.study } : {}), siteUrl())
        .href,
      run: () => void press(),
    }),
  );
}

const wantsStillness = matchMedia('(prefers-reduced-motion: reduce)');

// Another address is another frame.
addEventListener('hashchange', () => location.reload());
watchSight(content, {
  seen: () => {
    if (parameters.autorun && !embedded && !wantsStillness.matches) void start();
  },
  pause: () => void embedded?.then((running) => running.pause()),
  release: () => void embedded?.then((running) => running.release('unseen')),
});
// It can be asked to run before there is a picture of it.
talk.tell({ kind: 'ready' });
void showPoster().then(() => tellProblems([...parameters.problems, ...link.problems]));

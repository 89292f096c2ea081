// What may import what, for dependency-cruiser; `imports.mjs` runs it. Imports of types count.

/** Imports point one way: a layer may import itself and the layers before it. */
const LAYERS = [
  'text',
  'core',
  'tasks',
  'policy',
  'rl',
  'evaluation',
  'experiments',
  'run',
  'session',
  'ui',
];

/** The folders of src, each with the folders of src that it may import beside itself. */
const FOLDERS = {
  ...Object.fromEntries(LAYERS.map((layer, i) => [layer, LAYERS.slice(0, i)])),
  // Made of the texts in messages/: see src/build/messages.ts.
  messages: ['text'],
  // Of the parts that all of the page is made of, figures have tables and hints too.
  plots: ['text', 'messages', 'core', 'ui/kit'],
  parts: ['text'],
  // Of other people's models: nothing of a run.
  results: ['text', 'core'],
  // Loaded by other people's pages.
  embed: ['text', 'core'],
  ui: [...LAYERS, 'messages', 'plots', 'embed', 'results'],
  cli: [...LAYERS, 'results'].filter((layer) => !['session', 'ui'].includes(layer)),
  build: [],
  offline: [],
};

/** What the page, its build, the command line and Node begin with. */
const ENTRIES = [
  String.raw`^src/(main|embed|embedFrame|worker|resultsWorker)\.ts$`,
  String.raw`^src/offline/serviceWorker\.ts$`,
  String.raw`^src/cli/(main\.ts|install\.mjs|sweep/child\.ts)$`,
];
/** Plugins of Vite, which its configuration names. */
const PLUGINS = '^src/build/[^/]+$';

const inFolders = (names) => `^src/(${names.join('|')})/`;
const SVELTE = String.raw`node_modules/svelte/|\.svelte\.ts$`;
const PAGE = `${inFolders(['ui', 'plots'])}|^src/main\\.ts$`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  { name: 'no circle', from: {}, to: { circular: true } },

  ...Object.entries(FOLDERS).map(([folder, others]) => ({
    name: `${folder} imports ${others.join(', ') || 'no other folder'}`,
    from: { path: inFolders([folder]) },
    to: {
      path: '^src/.+/',
      pathNot: inFolders([folder, ...others]),
    },
  })),
  {
    name: 'a folder has its place among the rules',
    from: { path: '^src/.+/', pathNot: inFolders(Object.keys(FOLDERS)) },
    to: {},
  },
  {
    name: 'nothing imports an entry',
    from: {},
    to: { path: ENTRIES },
  },
  {
    name: 'only a page knows its site',
    from: { pathNot: `${inFolders(['session', 'ui', 'embed'])}|^src/[^/]+$` },
    to: { path: String.raw`^src/site\.ts$` },
  },

  {
    name: 'only policy/webgl imports tfjs',
    from: { pathNot: '^src/policy/webgl/' },
    to: { path: '@tensorflow/' },
  },
  {
    name: 'the engines share nothing but their contract',
    from: { path: '^src/policy/([^/]+)/' },
    to: { path: '^src/policy/[^/]+/', pathNot: '^src/policy/$1/' },
  },
  {
    name: 'plots import no package but modules of d3 and svelte',
    from: { path: '^src/plots/' },
    to: { pathNot: String.raw`^src/|node_modules/(d3-[a-z]+|svelte)/` },
  },
  {
    name: 'only the page knows Svelte',
    // A `.svelte.ts` of the page is no component, but the compiler has to see it as well.
    from: { path: '^src/', pathNot: PAGE },
    to: { path: SVELTE },
  },

  { name: 'src imports no test', from: { path: '^src/' }, to: { path: '(^|/)test/' } },
  {
    name: 'every file is used',
    from: { path: [...ENTRIES, PLUGINS] },
    to: { path: '^src/', pathNot: [...ENTRIES, PLUGINS], reachable: false },
  },
  { name: 'every import is found', from: {}, to: { couldNotResolve: true } },
  {
    name: 'what runs without this repository is no development dependency',
    from: { path: '^src/', pathNot: inFolders(['build', 'cli']) },
    // Svelte compiles itself into the page.
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
      pathNot: 'node_modules/svelte/',
    },
  },
  {
    name: 'only build and cli know Node',
    from: { path: '^src/', pathNot: inFolders(['build', 'cli']) },
    to: { dependencyTypes: ['core'] },
  },
];

/** @type {import('dependency-cruiser').ICruiseOptions} */
export const options = {
  validate: true,
  ruleSet: { forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })) },
  // In AssemblyScript, whose compiler finds what they import.
  exclude: { path: '^src/policy/wasm/kernels/' },
  outputType: 'err',
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'types', 'default'],
  },
  // Packages are found through a link.
  preserveSymlinks: true,
};

/**
 * Keeps the whole site, so that it opens without a network after one visit. Not a module of the page: the build compiles
 * it on its own, with the list of the site's files (see src/build/offline.ts).
 *
 * A version is all files of one build, saved together or not at all. A page goes on with the files that it came with: a
 * new version waits until it is told to take over or until no page is open, and the one before it is kept, so that a
 * page in another tab still finds its own parts.
 */
declare const self: ServiceWorkerGlobalScope;
/** The SHA-256 of each file in base64 and its size, by its path. */
declare const FILES: Readonly<Record<string, { hash: string; bytes: number }>>;
/** Another for any other set of files. */
declare const VERSION: string;

const scope = self.registration.scope;
/** Sites on the same origin, as project pages are, each have their own. */
const PREFIX = `site ${scope} `;
const CACHE = PREFIX + VERSION;
const HASH = 'x-sha256';
/** As few at a time as leave the network to the page. */
const AT_A_TIME = 3;

/** Milliseconds from one word on the saving to the next: hundreds of files would keep the page busy with telling. */
const TELL_EVERY_MS = 400;

/** How much of this version is saved by now. */
interface Saved {
  files: number;
  bytes: number;
  ofFiles: number;
  ofBytes: number;
}

/** Ends the saving. What is saved by then stays, so that another attempt goes on from there. */
const stop = new AbortController();

const addressOf = (path: string): string =>
  new URL(path === 'index.html' ? './' : path, scope).href;
/** The caches of this site, the oldest first, without this version's own. */
const otherCaches = async (): Promise<string[]> =>
  (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);

/** Saves a file, from an earlier version if it is the same there. */
async function save(path: string, hash: string, cache: Cache, others: Cache[]): Promise<void> {
  stop.signal.throwIfAborted();
  const address = addressOf(path);
  for (const each of [cache, ...others]) {
    const kept = await each.match(address);
    if (kept?.headers.get(HASH) === hash) return cache.put(address, kept);
  }
  const response = await fetch(address, {
    // Names with a hash stand for one content; any other may be an old one in the browser's own cache.
    cache: path.startsWith('assets/') ? 'default' : 'no-cache',
    // Some hosts add to pages; all else is what was built, or a build is just being replaced: then later.
    ...(path.endsWith('.html') ? {} : { integrity: `sha256-${hash}` }),
    priority: 'low',
    signal: stop.signal,
  });
  if (!response.ok) throw new Error(`${address} was answered with status ${response.status}`);
  // Made anew, since no page may be opened from a response that was redirected.
  const headers = new Headers({ [HASH]: hash });
  for (const name of ['content-type', 'content-security-policy']) {
    const value = response.headers.get(name);
    if (value) headers.set(name, value);
  }
  await cache.put(address, new Response(await response.blob(), { headers }));
}

/** Tells the open pages how far the saving is, or why it has failed: there is no room, or a file cannot be had. */
async function tell(word: { saved: Saved } | { failed: 'full' | 'missing' }): Promise<void> {
  const pages = await self.clients.matchAll({ includeUncontrolled: true, type: 'window' });
  for (const page of pages) page.postMessage(word);
}

async function saveAll(): Promise<void> {
  const cache = await caches.open(CACHE);
  const others = await Promise.all((await otherCaches()).map((name) => caches.open(name)));
  const files = Object.entries(FILES);
  const saved: Saved = {
    ...{ files: 0, bytes: 0, ofFiles: files.length },
    ofBytes: files.reduce((sum, [, { bytes }]) => sum + bytes, 0),
  };
  let toldAt = performance.now();
  await tell({ saved });
  const saveNext = async (): Promise<void> => {
    for (let file = files.pop(); file; file = files.pop()) {
      const [path, { hash, bytes }] = file;
      await save(path, hash, cache, others);
      saved.files++;
      saved.bytes += bytes;
      if (performance.now() - toldAt < TELL_EVERY_MS) continue;
      toldAt = performance.now();
      await tell({ saved });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, saveNext));
}

async function takeOver(): Promise<void> {
  for (const name of (await otherCaches()).slice(0, -1)) await caches.delete(name);
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const { origin, pathname } = new URL(request.url);
  const address = addressOf((origin + pathname).slice(scope.length));
  for (const name of [CACHE, ...(await otherCaches()).reverse()]) {
    const kept = await (await caches.open(name)).match(address, { ignoreVary: true });
    if (kept) return kept;
  }
  return fetch(request);
}

/** Says why the saving has failed. What was saved stays for another attempt, but where there is no room even for that. */
async function fail(error: unknown): Promise<never> {
  const isFull = (error as Error).name === 'QuotaExceededError';
  if (isFull) await caches.delete(CACHE);
  if (!stop.signal.aborted) await tell({ failed: isFull ? 'full' : 'missing' });
  throw error;
}

self.addEventListener('install', (event) => event.waitUntil(saveAll().catch(fail)));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting();
  if (data === 'stop') stop.abort();
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(scope)) event.respondWith(answer(request));
});

export {};

import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { chromiumPath, commonArguments } from '../chromium.ts';
import type { Angle } from './options.ts';
import type { BrowserEngine, Call, Contestant } from './protocol.ts';

/** One Chromium on the benchmark's page, built as the product is. */
export interface BenchBrowser {
  version: string;
  /** WebGL's unmasked renderer string. */
  renderer: string;
  contestant(engine: BrowserEngine): Contestant;
  close(): Promise<void>;
}

const GPU_ARGUMENTS: Record<Angle, string[]> = {
  swiftshader: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  vulkan: ['--use-angle=vulkan', '--enable-features=Vulkan', '--disable-vulkan-surface'],
  'gl-egl': ['--use-gl=angle', '--use-angle=gl-egl'],
};

/** So that compiling is measured as on a first visit, in every worker. */
const NO_PROGRAM_CACHE = ['--disable-gpu-program-cache', '--disable-gpu-shader-disk-cache'];

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export async function openBrowser(chrome: string | null, angle: Angle): Promise<BenchBrowser> {
  const outDir = folder('../../out/bench-page');
  await build({
    root: folder('page'),
    configFile: false,
    publicDir: folder('../../public'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 8192 },
    worker: { format: 'es' },
  });
  const server = await preview({
    root: folder('page'),
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  });
  const address = server.httpServer.address();
  if (!address || typeof address === 'string') throw new Error('the page is not being served');
  const browser = await chromium.launch({
    executablePath: chrome ?? (await chromiumPath()),
    args: [...commonArguments, ...GPU_ARGUMENTS[angle], ...NO_PROGRAM_CACHE],
  });
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') process.stderr.write(`page: ${message.text()}\n`);
  });
  await page.goto(`http://127.0.0.1:${address.port}/`);
  await page.waitForFunction('window.benchCall !== undefined');
  return {
    version: browser.version(),
    renderer: await page.evaluate('window.benchRenderer()'),
    contestant: (engine) => inWorker(page, engine),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

let calls = 0;

function inWorker(page: Page, engine: BrowserEngine): Contestant {
  const call = <Result>(method: Call['method'], argument?: Call['argument']): Promise<Result> => {
    const message = { id: ++calls, engine, method, ...(argument !== undefined && { argument }) };
    return page
      .evaluate<Result>(`window.benchCall(${JSON.stringify(message satisfies Call)})`)
      .catch((error: Error) => {
        // Playwright adds where it called and the stack of the page.
        throw new Error(error.message.split('\n')[0]!.replace(/^page\.evaluate: (Error: )?/, ''));
      });
  };
  return {
    open: (setup) => call('open', setup),
    step: () => call('step'),
    evaluate: (problems) => call('evaluate', problems),
    rates: () => call('rates'),
    bytes: () => call('bytes'),
    close: () => page.evaluate(`window.benchClose('${engine}')`),
  };
}

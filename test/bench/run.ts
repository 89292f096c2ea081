import { mkdir, writeFile } from 'node:fs/promises';
import { openBrowser } from './browser.ts';
import { describeMachine } from './machine.ts';
import { measureSetup, type Field, type Measured, type Skipped } from './measure.ts';
import { parseOptions, UsageError, type Options } from './options.ts';
import { GROWTH_ENGINES, makePlan } from './plan.ts';
import { BROWSER_ENGINES, type Contestant, type EngineName, type Rates } from './protocol.ts';
import { openPytorch } from './pytorch.ts';
import { floorRows, notes, type Results } from './results.ts';
import { showResults } from './report.ts';
import { judgeTargets } from './targets.ts';

/** Measures the engines against each other, PyTorch and the machine's own speed: `npm run bench`; see {@link USAGE}. */

const RESULTS = new URL('results/', import.meta.url);

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function measureRates(
  contestants: Field['contestants'],
  skipped: Skipped[],
): Promise<Partial<Record<EngineName, Rates>>> {
  const rates: Partial<Record<EngineName, Rates>> = {};
  for (const [engine, contestant] of contestants)
    try {
      rates[engine] = await contestant.rates();
    } catch (error) {
      const reason = `its rates: ${error instanceof Error ? error.message : String(error)}`;
      skipped.push({ engine, width: 0, rollouts: 0, reason });
    }
  // One backend: the floor is what it gives to the better of the two programs.
  const { webgl: ours, 'stock-webgl': stock } = rates;
  if (ours && stock)
    rates.webgl = rates['stock-webgl'] = {
      flopsPerSecond: Math.max(ours.flopsPerSecond, stock.flopsPerSecond),
      bytesPerSecond: Math.max(ours.bytesPerSecond, stock.bytesPerSecond),
    };
  return rates;
}

async function bench(options: Options): Promise<Results> {
  const started = Date.now();
  const machine = describeMachine();
  const plan = makePlan(options.quick, options.repeats);
  const browser = await openBrowser(options.chrome, options.angle);
  say(browser.renderer);
  const contestants = new Map<EngineName, Contestant>();
  for (const engine of BROWSER_ENGINES)
    if (options.engines.includes(engine)) contestants.set(engine, browser.contestant(engine));
  const pytorch = options.engines.includes('pytorch') ? await openPytorch() : null;
  if (pytorch) contestants.set('pytorch', pytorch);
  try {
    const field: Field = { plan, contestants, pace: new Map(), say };
    const grpoStep: Measured[] = [];
    const skipped: Skipped[] = [];
    if (options.engines.includes('pytorch') && !pytorch)
      skipped.push({ engine: 'pytorch', width: 0, rollouts: 0, reason: 'no Python has torch' });
    for (const { setup, engines } of plan.steps) {
      say(`width ${setup.shape.width}, ${setup.rollouts} rollouts, paid by the ${setup.pays}`);
      const outcome = await measureSetup(field, setup, engines, true);
      grpoStep.push(...outcome.measured);
      skipped.push(...outcome.skipped);
    }
    const growth: Results['growth'] = [];
    for (const { what, setups } of plan.growth)
      for (const setup of setups) {
        say(`growth with ${what}: width ${setup.shape.width}, ${setup.rollouts} rollouts`);
        const outcome = await measureSetup(field, setup, GROWTH_ENGINES, false);
        growth.push(...outcome.measured.map((row) => ({ what, ...row })));
        skipped.push(...outcome.skipped);
      }
    say('rates');
    const rates = await measureRates(contestants, skipped);
    return {
      date: new Date(started).toISOString(),
      command: [
        'npm run bench',
        ...(process.argv.length > 2 ? ['--'] : []),
        ...process.argv.slice(2),
      ].join(' '),
      durationS: Math.round((Date.now() - started) / 1000),
      quick: options.quick,
      repeats: plan.repeats,
      renderer: browser.renderer,
      browser: `Chromium ${browser.version}`,
      machine,
      notes: notes(),
      targets: judgeTargets(grpoStep),
      grpoStep,
      skipped,
      rates,
      floor: floorRows(grpoStep, rates),
      growth,
    };
  } finally {
    await pytorch?.close();
    await browser.close();
  }
}

try {
  const options = parseOptions(process.argv.slice(2));
  const results = await bench(options);
  // Six figures are more than any timing has.
  const short = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value;
  const json = `${JSON.stringify(results, short, options.json === '-' ? 0 : 2)}\n`;
  if (options.json === '-') process.stdout.write(json);
  else {
    console.log(showResults(results));
    if (options.json) await writeFile(options.json, json);
    else if (!options.quick) {
      await mkdir(RESULTS, { recursive: true });
      await writeFile(new URL('bench.json', RESULTS), json);
      await writeFile(new URL('bench.md', RESULTS), showResults(results));
    }
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

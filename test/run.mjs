// Everything that must hold, in one run: unit tests with the static checks beside them, tests in a real browser, journeys
// on the built page. Closes with the line `N passed, N failed`; each static check counts as one test.
// `npm test -- --project unit` hands its arguments to vitest and leaves the static checks out.
// `npm run test:long` runs what takes long or times something: see test/projects.ts.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STATIC_CHECKS = [
  // Of all files, not only of components: it reads what tsc reads.
  ['types', ['svelte-check', '--fail-on-warnings', '--output', 'human']],
  ['lint', ['eslint', '--max-warnings', '0', '.']],
  ['imports', ['tsx', 'test/imports.mjs']],
  ['format', ['prettier', '--check', '--log-level', 'warn', '.']],
];
const STAGES = {
  short: ['unit', 'browser', 'journeys'],
  long: ['long', 'long-browser', 'long-journeys'],
};

/** Runs a tool of node_modules. @returns whether it found nothing, and what it printed where that is kept. */
function runTool([tool, ...args], { keeps = false } = {}) {
  const child = spawn('npx', ['--no-install', tool, ...args], {
    stdio: keeps ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    shell: process.platform === 'win32',
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => (printed += text));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ ok: code === 0, printed }));
    child.on('error', ({ message }) => resolve({ ok: false, printed: message }));
  });
}

/** One after another, so that they take one core while the unit tests begin on the other. */
async function runStaticChecks() {
  const results = [];
  for (const [name, command] of STATIC_CHECKS)
    results.push({ name, ...(await runTool(command, { keeps: true })) });
  return results;
}

const isLong = process.argv[2] === '--long';
const forwarded = process.argv.slice(isLong ? 3 : 2);
const isWhole = forwarded.length === 0 && !isLong;
const stages = forwarded.some((argument) => argument.startsWith('--project'))
  ? []
  : STAGES[isLong ? 'long' : 'short'].map((name) => `--project=${name}`);

const directory = mkdtempSync(join(tmpdir(), 'rlvr-test-'));
const report = join(directory, 'report.json');
const [checks, { ok }] = await Promise.all([
  isWhole ? runStaticChecks() : [],
  runTool([
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...stages,
    ...forwarded,
  ]),
]);

for (const check of checks) {
  console.log(`${check.ok ? '✓' : '✗'} ${check.name}`);
  if (!check.ok) console.log(check.printed);
}
let passed = checks.filter((check) => check.ok).length;
let failed = checks.length - passed;
try {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests;
  // A file that cannot be loaded or made ready has failed without a test of its own that did.
  failed += testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  if (!ok && failed === 0) failed = 1;
  const left = testResults
    .filter(({ name }) => /firefox/i.test(name))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => ['skipped', 'pending'].includes(status)).length;
  // Only where it was looked for: a run of some tests leaves out others too.
  if (left > 0 && forwarded.length === 0)
    console.log(
      `Firefox not found: ${left} tests skipped (on Debian: apt-get install firefox-esr xvfb)`,
    );
} catch (error) {
  console.error(`no report from vitest: ${error.message}`);
  failed++;
}
rmSync(directory, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

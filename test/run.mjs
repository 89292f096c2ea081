// Everything that must hold, in one run: types, lint, imports, format, unit tests, tests in a real browser, journeys on
// the built page. Closes with the line `N passed, N failed`; each static check counts as one test.
// `npm test -- --project unit` hands its arguments to vitest and leaves the static checks out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STATIC_CHECKS = [
  ['types', ['tsc']],
  ['types of components', ['svelte-check', '--fail-on-warnings', '--output', 'human']],
  ['lint', ['eslint', '--max-warnings', '0', '.']],
  ['imports', ['tsx', 'test/imports.mjs']],
  ['format', ['prettier', '--check', '--log-level', 'warn', '.']],
];

function runTool([tool, ...args]) {
  return (
    spawnSync('npx', ['--no-install', tool, ...args], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    }).status === 0
  );
}

let passed = 0;
let failed = 0;
const forwarded = process.argv.slice(2);
if (forwarded.length === 0)
  for (const [name, command] of STATIC_CHECKS) {
    const ok = runTool(command);
    console.log(`${ok ? '✓' : '✗'} ${name}`);
    if (ok) passed++;
    else failed++;
  }

const directory = mkdtempSync(join(tmpdir(), 'rlvr-test-'));
const report = join(directory, 'report.json');
const ok = runTool([
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...forwarded,
]);
try {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests;
  // A file that could not even be loaded has failed without a test of its own.
  failed += testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  if (!ok && failed === 0) failed = 1;
  const left = testResults
    .filter(({ name }) => name.endsWith('firefox.journey.ts'))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => ['skipped', 'pending'].includes(status)).length;
  // Only where it was looked for: a run of some tests leaves out others too.
  if (left > 0 && forwarded.length === 0)
    console.log(
      `Firefox not found: ${left} journeys skipped (on Debian: apt-get install firefox-esr)`,
    );
} catch (error) {
  console.error(`no report from vitest: ${error.message}`);
  failed++;
}
rmSync(directory, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { enumerateAcceptSets } from '../../src/evaluation/exact.ts';
import { parseBaseEntry } from '../../src/run/baseEntry.ts';
import { BASES_DIRECTORY } from '../../src/cli/base.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';
import { readFile } from 'node:fs/promises';
import { BENCH_TASK, benchSettings, EVALUATED } from './plan.ts';
import type { Contestant } from './protocol.ts';

const SCRIPT = fileURLToPath(new URL('pytorch_step.py', import.meta.url));

interface Python {
  command: string;
  /** Where Debian keeps libraries of this machine's kind, such as x86_64-linux-gnu; empty elsewhere. */
  libraries: string;
}

/** The Python that has torch: Debian's own first, since a python3 of a user's often has not. */
function pythonWithTorch(): Python | null {
  const script = 'import torch, sysconfig; print(sysconfig.get_config_var("MULTIARCH") or "")';
  for (const command of ['/usr/bin/python3', 'python3']) {
    const { status, stdout } = spawnSync(command, ['-c', script], { encoding: 'utf8' });
    if (status === 0) return { command, libraries: stdout.trim() };
  }
  return null;
}

/**
 * One thread, and OpenBLAS wherever Debian has it: the BLAS that Debian's torch finds by itself is often the reference
 * one, 3.5 times slower. A torch that brings its own BLAS takes no notice.
 */
function environment({ libraries }: Python): NodeJS.ProcessEnv {
  const openblas = ['pthread', 'openmp', 'serial']
    .map((kind) => `/usr/lib/${libraries}/openblas-${kind}`)
    .find((folder) => existsSync(`${folder}/libblas.so.3`));
  const path = [openblas, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return {
    ...process.env,
    ...{ OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
    ...(path ? { LD_LIBRARY_PATH: path } : {}),
  };
}

/** The same step in PyTorch, in a process that answers one line for one; null where there is no PyTorch. */
export async function openPytorch(): Promise<Contestant | null> {
  const python = pythonWithTorch();
  if (!python) return null;
  const child = spawn(python.command, [SCRIPT], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: environment(python),
  });
  const waiting: { resolve(text: string): void; reject(error: Error): void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  child.on('close', (code) => {
    for (const { reject } of waiting) reject(new Error(`pytorch_step.py ended with code ${code}`));
  });
  const call = async <Result>(method: string, argument: unknown = null): Promise<Result> => {
    const line = await new Promise<string>((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify({ method, argument })}\n`);
    });
    return JSON.parse(line) as Result;
  };

  const task = await createTask(BENCH_TASK);
  const entry = await readFile(new URL(`${BENCH_TASK}.json`, BASES_DIRECTORY), 'utf8');
  const base = parseBaseEntry(BENCH_TASK, entry);
  const split = splitProblems(task, base.splitSeed);
  return {
    open(setup) {
      const sets = enumerateAcceptSets(task, setup.shape, split.heldOut.slice(0, EVALUATED));
      return call('open', {
        ...setup,
        baseFile:
          setup.base === 'shipped' ? fileURLToPath(new URL(base.file, BASES_DIRECTORY)) : null,
        optimizer: benchSettings(setup).optimizer,
        prompts: split.train.map((problem) => task.encode(problem)),
        evaluation: {
          prompts: Array.from(sets.batch.prompts),
          responses: Array.from(sets.batch.responses),
          lengths: Array.from(sets.batch.lengths),
          owner: Array.from(sets.owner),
        },
      });
    },
    step: () => call('step'),
    evaluate: () => call('evaluate'),
    rates: () => call('rates'),
    bytes: () => call('bytes'),
    async close() {
      child.stdin.end();
      child.kill();
    },
  };
}

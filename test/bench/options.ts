import { ENGINES, type EngineName } from './protocol.ts';

/** A command line that cannot be taken; the message says what is valid. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export interface Options {
  quick: boolean;
  /** Where the JSON goes: a file, `-` for stdout, or null for the results folder. */
  json: string | null;
  /** Rounds; null for the plan's own number. */
  repeats: number | null;
  engines: readonly EngineName[];
  chrome: string | null;
  angle: Angle;
}

/** What ANGLE, and so WebGL, runs on. */
export const ANGLES = ['swiftshader', 'vulkan', 'gl-egl'] as const;
export type Angle = (typeof ANGLES)[number];

export const USAGE = `valid flags are
  --quick              default policy at 128 and 512 rollouts only; writes no results
  --json FILE          write the JSON there instead of test/bench/results; - prints it to stdout, and nothing else
  --repeats N          measured rounds, 1 to 1000 (default 15, quick 7)
  --engines A,B        only these of ${ENGINES.join(', ')}
  --chrome PATH        the Chromium to drive (default: see test/chromium.ts)
  --angle BACKEND      ${ANGLES.join(' | ')} (default swiftshader; the others need a GPU)`;

/** @throws UsageError for an unknown or repeated flag, or a value that is missing or not valid. */
export function parseOptions(args: readonly string[]): Options {
  const options: Options = {
    quick: false,
    json: null,
    repeats: null,
    engines: ENGINES,
    chrome: null,
    angle: 'swiftshader',
  };
  const refuse = (problem: string): never => {
    throw new UsageError(`${problem}; ${USAGE}`);
  };
  const take: Record<string, (value: string) => void> = {
    json: (value) => (options.json = value),
    chrome: (value) => (options.chrome = value),
    repeats(value) {
      const count = Number(value);
      if (!/^\d+$/.test(value) || count < 1 || count > 1000)
        refuse(`--repeats is '${value}', expected a whole number from 1 to 1000`);
      options.repeats = count;
    },
    engines(value) {
      const unknown = value.split(',').find((name) => !ENGINES.includes(name as EngineName));
      if (unknown !== undefined) refuse(`--engines: there is no engine '${unknown}'`);
      options.engines = ENGINES.filter((name) => value.split(',').includes(name));
    },
    angle(value) {
      const found = ANGLES.find((name) => name === value);
      options.angle = found ?? refuse(`--angle is '${value}'`);
    },
  };
  const seen = new Set<string>();
  for (let i = 0; i < args.length; i++) {
    const [, flag = '', inline] = /^--([a-z]+)(?:=(.*))?$/s.exec(args[i]!) ?? [];
    if (flag !== 'quick' && !Object.hasOwn(take, flag)) refuse(`unknown flag '${args[i]}'`);
    if (seen.has(flag)) refuse(`--${flag} is given twice`);
    seen.add(flag);
    if (flag === 'quick') {
      if (inline !== undefined) refuse('--quick takes no value');
      options.quick = true;
      continue;
    }
    const value = inline ?? args[++i];
    if (!value) refuse(`--${flag} needs a value`);
    take[flag]!(value!);
  }
  return options;
}

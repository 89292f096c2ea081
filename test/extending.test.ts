import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineSetting } from '../src/core/setting.ts';
import { GRPO } from '../src/rl/choices.ts';
import type { Surrogate } from '../src/rl/surrogates.ts';
import { STANDARD } from '../src/run/defaults.ts';
import type { SettingKey } from '../src/run/table.ts';
import { captured } from './cli/inProcess.ts';
import { LARGER } from './tasks/tinyTask.ts';

const root = new URL('../', import.meta.url).pathname;
const guide = readFileSync(join(root, 'docs/extending.md'), 'utf8');

/** The text under a heading of the guide. */
const sectionOf = (heading: string): string =>
  guide.split(/^## /m).find((text) => text.startsWith(`${heading}\n`))!;
/** The files that the table of a section is of. */
const tableOf = (section: string): string[] =>
  [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, file]) => file!);

/** What the sources say without comments, which may tell of an example in passing. */
const CODE = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  // Not what is made of messages/.
  .filter((file) => /\.(ts|svelte)$/.test(file) && !file.startsWith('src/messages/'))
  .concat('messages/en.json')
  .map((file) => ({
    file,
    text: readFileSync(join(root, file), 'utf8')
      .replaceAll(/\/\*[^]*?\*\/|<!--[^]*?-->/g, '')
      .replaceAll(/^\s*\/\/.*$/gm, ''),
  }));
const naming = (...names: RegExp[]): string[] =>
  CODE.filter(({ text }) => names.some((name) => name.test(text))).map(({ file }) => file);

describe('the guide to extending', () => {
  it.each([
    ['A new algorithm', [/\bsapo\b/, /\bsoft-gate\b/]],
    ['A new setting', [/\bhintShare\b/]],
    ['A new task', [/maze/i]],
  ])('has under %s every file that names its example, and no other', (heading, names) => {
    const listed = tableOf(sectionOf(heading));
    expect(listed.length).toBeGreaterThan(2);
    expect(listed.toSorted()).toEqual(naming(...names).sort());
  });

  it('has under A new room every file of the rooms that names its example', () => {
    const ofRooms = CODE.filter(
      ({ file, text }) =>
        /^(src\/ui\/rooms|messages)\//.test(file) &&
        (/\bbeyond\b/.test(text) || file.endsWith('/BeyondRoom.svelte')),
    ).map(({ file }) => file);
    expect(tableOf(sectionOf('A new room')).toSorted()).toEqual(ofRooms.sort());
  });

  it.each([
    ['A new algorithm', /sapo|soft-gate|ALGORITHMS|ALL_ALGORITHMS/],
    ['A new setting', /hintShare|beginnings|hints|settings/],
    ['A new task', /maze|TASK_NAMES|TASKS|bases/i],
  ])('names under %s tests that are about it', (heading, about) => {
    const tests = [...sectionOf(heading).matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file!);
    expect(tests.length).toBeGreaterThan(3);
    for (const file of tests) expect(readFileSync(join(root, file), 'utf8'), file).toMatch(about);
  });

  it('has under A new setting the files of the policy that know of beginnings', () => {
    const files = [...sectionOf('A new setting').matchAll(/`(src\/policy\/[^`]+)`/g)];
    const ofPolicy = naming(/\b(beginnings|begun|isBegun)\b/).filter((file) =>
      file.startsWith('src/policy/'),
    );
    expect(files.map(([, file]) => file).sort()).toEqual(ofPolicy.sort());
  });
});

describe('the rest of the table', () => {
  const records = (folder: string): string =>
    CODE.flatMap(({ file, text }) => (file.startsWith(folder) ? [text] : [])).join('');

  it.each([
    ['src/run/settings/', Object.keys(STANDARD).filter((key) => !(key in GRPO))],
    ['src/rl/settings/', Object.keys(GRPO)],
  ])('is defined once each, in %s', (folder, keys) => {
    const defined = [...records(folder).matchAll(/^ {4}key: '(\w+)',$/gm)].map(([, key]) => key!);
    expect(defined.toSorted()).toEqual(keys.toSorted());
  });
});

const SMALL = '--steps 1 --prompts 2 --group-size 4 --eval-problems 2 --eval-samples 0';

/** What is there to find a record in, once it has been added to its table. */
const everywhere = async () => ({
  ...(await import('../src/run/branch.ts')),
  ...(await import('../src/run/matters.ts')),
  ...(await import('../src/run/permalink.ts')),
  ...(await import('../src/run/settings.ts')),
  ...(await import('../src/run/definitions.ts')),
  ...(await import('../src/ui/controls.ts')),
  ...(await import('../src/cli/commands.ts')),
});

/** The rows of a run of the command line, with what it says beside them. */
async function trained(
  { exitCodeOf }: Awaited<ReturnType<typeof everywhere>>,
  flags: string,
): Promise<{ rows: { step: number }[]; stderr: string }> {
  let code: number | null = 1;
  const { stdout, stderr } = await captured(async () => {
    code = await exitCodeOf(`train ${SMALL} ${flags}`.split(' '));
  });
  expect(code, stderr).toBe(null);
  const rows = stdout.trim().split('\n');
  return { rows: rows.map((line) => JSON.parse(line) as { step: number }), stderr };
}

const helpOf = async ({ exitCodeOf }: Awaited<ReturnType<typeof everywhere>>): Promise<string> =>
  (await captured(async () => void (await exitCodeOf(['train', '--help'])))).stdout;

describe('what there is nothing of but its record', () => {
  // What has read the table keeps what it read: both the modules with the row and those before it are of no other test.
  beforeEach(() => void vi.resetModules());
  afterAll(() => void vi.resetModules());

  it('as an algorithm is trained by, linked to and told of', async () => {
    const { ALGORITHMS } = await import('../src/rl/algorithms.ts');
    const row = { label: 'Half a clip', source: 'Nobody', notes: '', differs: { clipLow: 0.1 } };
    Object.assign(ALGORITHMS, { 'half-clip': row });
    const { updateWeight } = await import('../src/rl/updateWeight.ts');
    const all = await everywhere();

    const parsed = all.parsePermalink('#v=2&algorithm=half-clip');
    expect(parsed.problems).toEqual([]);
    expect(all.permalinkOf(parsed.settings)).toBe('#v=2&algorithm=half-clip');
    expect(parsed.settings.clipLow).toBe(0.1);
    expect(all.algorithmLabel(parsed.settings)).toBe('Half a clip');
    expect(updateWeight(parsed.settings, 8, []).of(0.5)).toBeGreaterThan(0);

    const { rows, stderr } = await trained(all, '--algorithm half-clip');
    expect(rows.map(({ step }) => step)).toEqual([0, 1]);
    expect(stderr).not.toContain('changes nothing');
  });

  it('as a surrogate has its formula, its sentences and its place in the help', async () => {
    const { SURROGATES } = await import('../src/rl/surrogates.ts');
    const half: Surrogate = {
      label: 'half the ratio',
      help: 'w · A / 2.',
      formula: '[w_t] / 2 · [A_i] · ∇ log [π]([y_t])',
      reads: ['ratio'],
      ofToken: (logRatio, _, advantage) => {
        const value = (Math.exp(logRatio) * advantage) / 2;
        return { value, slope: value, clipped: false };
      },
    };
    Object.assign(SURROGATES, { half });
    const all = await everywhere();
    const { formulaOf } = await import('../src/ui/microscope/formulas.ts');
    const { METRICS } = await import('../src/ui/metricWords.ts');

    const { settings } = all.parsePermalink('#v=2&surrogate=half&inner-epochs=2');
    expect(formulaOf('gradient', settings)).toContain(half.formula);
    expect(METRICS.find(({ name }) => name === 'clip_ratio')!.help(settings)).toContain(
      'no bounds',
    );
    expect(all.idleReason('ratio', settings)).toBe(null);
    expect(all.idleReason('clipLow', settings)).not.toBe(null);
    expect(await helpOf(all)).toContain('clipped-weight | half');
    const { rows } = await trained(all, '--surrogate half --inner-epochs 2');
    expect(rows).toHaveLength(2);
  });

  it('as a setting has a flag with its help, a control, a link, a reason, and goes to the training', async () => {
    const { TRAINING_SETTINGS } = await import('../src/run/settings/training.ts');
    const { STEPS } = await import('../src/rl/needs.ts');
    const patience = defineSetting({
      key: 'patience',
      flag: 'how-patient',
      label: 'Patience',
      help: 'How long nothing is done.',
      kind: 'integer',
      range: [0, 9],
      default: 2,
      place: 205,
      needs: [STEPS],
      keptByBranch: true,
    });
    (TRAINING_SETTINGS as unknown as unknown[]).push(patience);
    const all = await everywhere();
    const read = (link: string) => {
      const { settings, problems } = all.parsePermalink(link);
      return { settings, problems, value: (settings as unknown as { patience: number }).patience };
    };

    expect(await helpOf(all)).toMatch(
      /--how-patient +How long nothing is done\. \[0 … 9\] \(default 2\)/,
    );
    expect(all.SETTINGS.find(({ flag }) => flag === 'how-patient')).toMatchObject({
      ...{ key: 'patience', label: 'Patience', place: 205, min: 0, max: 9, integer: true },
    });
    expect(all.unknownControls(['how-patient'])).toEqual([]);
    expect(read('#v=2').value).toBe(2);
    expect(read('#v=2&how-patient=10').problems[0]).toContain(
      'expected a whole number from 0 to 9',
    );
    const { settings, value } = read('#v=2&how-patient=7');
    expect(value).toBe(7);
    expect(all.permalinkOf(settings)).toBe('#v=2&how-patient=7');
    expect(all.trainSettings(settings)).toMatchObject({ patience: 7 });
    expect(all.branchProblem(settings, read('#v=2').settings, 1)).toMatch(/changed: patience$/);
    const key = patience.key as SettingKey;
    expect(all.idleReason(key, settings)).toBe(null);
    expect(all.idleReason(key, { ...settings, steps: 0 })).toMatch(/^With 0 steps/);
  });

  it('as a choice of an algorithm is one of GRPO too, with its default', async () => {
    const { TERM_CHOICES } = await import('../src/rl/settings/terms.ts');
    const bonus = defineSetting({
      key: 'bonus',
      flag: 'bonus',
      label: 'Bonus',
      help: 'What is added.',
      kind: 'number',
      range: [0, 1],
      default: 0.25,
    });
    (TERM_CHOICES as unknown as unknown[]).push(bonus);
    const all = await everywhere();
    const choices = await import('../src/rl/choices.ts');

    expect(choices.GRPO).toMatchObject({ bonus: 0.25 });
    const { settings } = all.parsePermalink('#v=2&algorithm=dapo&bonus=0.5');
    expect(all.algorithmLabel(settings)).toBe('custom (from DAPO)');
    expect(all.trainSettings(settings)).toMatchObject({ bonus: 0.5 });
    const evolving = { ...settings, experiment: 'evolution' } as const;
    expect(all.idleReason(bonus.key as SettingKey, evolving)).toMatch(/^Only RLVR learns/);
  });

  it('as a task is offered, told of, pretrained for and trained on', async () => {
    const { TASKS } = await import('../src/tasks/tasks.ts');
    Object.assign(TASKS, { larger: LARGER });
    const all = await everywhere();
    const { createTask, TASK_NAMES } = await import('../src/tasks/registry.ts');
    const { SHIPPED_RARITIES, requireShipped } = await import('../src/run/bases.ts');

    expect(await helpOf(all)).toContain('| mixed | larger]');
    expect(TASK_NAMES).toContain('larger');
    expect((await createTask('larger')).allProblems()).toHaveLength(12);
    const { settings, problems } = all.parsePermalink('#v=2&task=larger&seed=7');
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({ ...LARGER.differs, seed: 7 });
    expect(all.permalinkOf(settings)).toBe('#v=2&task=larger&seed=7');
    expect(all.taskName(settings)).toBe('larger');
    expect(all.idleReason('size', settings)).not.toBe(null);
    expect(SHIPPED_RARITIES['larger']).toEqual([]);
    expect(() => requireShipped('larger', settings)).toThrow('no base of the task larger');
    const { rows } = await trained(all, '--task larger --base live');
    expect(rows.map(({ step }) => step)).toEqual([0, 1]);
  });
});

import { describe, expect, it, test } from 'vitest';
import { floorMs, stepCost } from './cost.ts';
import { parseOptions, UsageError } from './options.ts';
import { quantile, spreadOf } from './spread.ts';
import { mergeSections } from './soak.ts';
import { judgeTargets } from './targets.ts';
import { medianRatio, type Measured } from './measure.ts';

describe('the least work of a step', () => {
  const shape = {
    vocabulary: 4,
    outputs: 3,
    promptLength: 2,
    responseLength: 2,
    width: 2,
    layers: 1,
    heads: 1,
  };

  it('is that of a tiny network worked by hand', () => {
    // One prompt of 2 tokens, two responses of 2, of which one is read: rows = 2 + 2·1 = 4, predicting = 1 + 2 = 3,
    // pairs = (1 + 2) + 2·3 = 9. Forward: layer 24·2²·4 + 4·2·9 = 384 + 72, head 2·2·(3 + 1)·3 = 48: 504. Times 3.
    // Parameters: embeddings 4·2 + 3·2 = 14, norms 2·4 = 8, qkv 12 + 6, out 4 + 2, in 16 + 8, out 16 + 2 = 66,
    // final norm 4, head 6 + 3, value 2 + 1: 104. Floats: 2·(4·(10 + 1)·2 + 3·4) + 6·104 = 200 + 624 = 824.
    expect(stepCost(shape, 1, 2)).toEqual({ flops: 1512, bytes: 3296 });
  });

  it('counts prompts once a group: twice the groups, twice the activations', () => {
    const parameterBytes = 4 * 6 * 104;
    const [one, two] = [stepCost(shape, 1, 2), stepCost(shape, 2, 2)];
    expect(two.flops).toBe(2 * one.flops);
    expect(two.bytes - parameterBytes).toBe(2 * (one.bytes - parameterBytes));
    // Four responses of one prompt share its two rows: 16 rows would be 4 × 4, here they are 2 + 4 = 6.
    expect(stepCost(shape, 1, 4).flops).toBeLessThan(2 * one.flops);
  });

  it('takes as long as the slower of computing and moving', () => {
    const cost = { flops: 2e9, bytes: 1e9 };
    expect(floorMs(cost, { flopsPerSecond: 1e9, bytesPerSecond: 1e9 })).toBe(2000);
    expect(floorMs(cost, { flopsPerSecond: 1e12, bytesPerSecond: 2e9 })).toBe(500);
  });
});

test('medians and quartiles, between order statistics where there is none', () => {
  expect(spreadOf([5, 1, 3])).toEqual({ median: 3, low: 2, high: 4, min: 1, max: 5, n: 3 });
  // 1 2 | 4 8: the median is 3; the quartiles stand at ranks 0.75 and 2.25: 1.75 and 5.
  expect(spreadOf([8, 1, 4, 2])).toEqual({ median: 3, low: 1.75, high: 5, min: 1, max: 8, n: 4 });
  expect(spreadOf([7])).toEqual({ median: 7, low: 7, high: 7, min: 7, max: 7, n: 1 });
  expect(quantile([], 0.5)).toBeNaN();
});

describe('the command line', () => {
  it('has defaults, and takes values with a space or an equals sign', () => {
    expect(parseOptions([])).toMatchObject({ quick: false, json: null, angle: 'swiftshader' });
    expect(parseOptions(['--quick', '--json', '-'])).toMatchObject({ quick: true, json: '-' });
    expect(
      parseOptions(['--repeats=3', '--engines=pytorch,webgl', '--chrome', '/c']),
    ).toMatchObject({ repeats: 3, engines: ['webgl', 'pytorch'], chrome: '/c' });
  });

  it.each([
    [['--fast'], "unknown flag '--fast'; valid flags are"],
    [['quick'], "unknown flag 'quick'"],
    [['--constructor', '1'], "unknown flag '--constructor'"],
    [['--json'], '--json needs a value'],
    [['--quick', '--quick'], '--quick is given twice'],
    [['--quick=yes'], '--quick takes no value'],
    [['--repeats', '0'], "--repeats is '0', expected a whole number from 1 to 1000"],
    [['--engines', 'webgpu'], "there is no engine 'webgpu'"],
    [['--angle', 'metal'], "--angle is 'metal'; valid flags are"],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
    expect(() => parseOptions(args)).toThrow(message);
  });
});

test('ratios are taken within rounds, of those that both took part in', () => {
  // 30/10, 20/20, 80/20: 3, 1, 4. The medians of all, 20 and 30, would say 1.5.
  expect(medianRatio([10, 20, 20], [30, 20, 80])).toBe(3);
  expect(medianRatio([10, 20, 20, 50], [30, 90])).toBe(3.75);
  expect(medianRatio([10], [])).toBeNull();
});

describe('targets', () => {
  const row = (engine: string, rest: Partial<Measured> = {}): Measured =>
    ({
      engine,
      rollouts: 512,
      width: 32,
      pays: 'verifier',
      timesAsFast: { reference: 9.94, pytorch: 3.5 },
      draws: 136,
      device: 'PyTorch 1.13.0a0, 1 thread, OpenBLAS 0.3.21 (Zen)',
      ...rest,
    }) as Measured;
  const verdicts = (...rows: Measured[]) =>
    judgeTargets(rows).map(({ found, reached }) => [found, reached]);

  it('are judged by the rows at 512 rollouts that the verifier pays', () => {
    const others = [row('wasm', { rollouts: 128 }), row('wasm', { pays: 'coin' })];
    expect(verdicts(...others, row('wasm'), row('webgl'), row('pytorch'))).toEqual([
      ['9.9 ×', false],
      ['3.5 ×', true],
      ['136', true],
    ]);
    expect(verdicts(...others)).toEqual([]);
  });

  it.each(['1 thread, no OpenBLAS but libblas.so.3.11.0', 'NVIDIA H200'])(
    'do not count PyTorch on %s',
    (device) => {
      expect(verdicts(row('wasm'), row('pytorch', { device }))[1]).toEqual([
        `3.5 × (${device})`,
        null,
      ]);
    },
  );

  it('are not measured without an opponent', () => {
    const timesAsFast = { reference: null, pytorch: null };
    expect(verdicts(row('wasm', { timesAsFast }))).toEqual([
      ['–', null],
      ['–', null],
    ]);
  });
});

test('a soak of one engine leaves the report of the other as it was', () => {
  const [wasm, webgl] = ['## 5000 steps on wasm\n\n| 1 |', '## 5000 steps on webgl\n\n| 2 |'];
  const both = `# Soak\n\n${wasm}\n\n${webgl}\n`;
  expect(mergeSections('', { webgl })).toBe(`# Soak\n\n${webgl}\n`);
  expect(mergeSections(mergeSections('', { webgl }), { wasm })).toBe(both);
  const later = wasm.replace('5000', '200');
  expect(mergeSections(both, { wasm: later })).toBe(both.replace(wasm, later));
});

/** Scripts that would leave a trace if they ran, wherever an address is shown. */
const HARM = [
  '<img src=x onerror=window.harmed=1>',
  '<script>window.harmed=1</script>',
  '"><svg onload=window.harmed=1>',
  "'-(window.harmed=1)-'",
  'javascript:window.harmed=1',
  '${window.harmed=1}',
  '{{constructor.constructor("window.harmed=1")()}}',
];
const PROTOTYPES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
const KEYS = ['seed', 'preset', 'step', 'theme', 'hide', 'figures', 'algorithm', 'curve'];

/** Some sixty addresses, each with something in it that the page must not take. */
export const HOSTILE: readonly string[] = [
  ...KEYS.flatMap((key, i) =>
    [0, 3].map((more) => `${key}=${encodeURIComponent(HARM[(i + more) % HARM.length]!)}`),
  ),
  ...HARM.map((text) => encodeURIComponent(text)),
  ...HARM.slice(0, 3),
  ...PROTOTYPES,
  ...PROTOTYPES.map((name) => `${name}=1`),
  ...PROTOTYPES.map((name) => `preset=${name}`),
  '__proto__[harmed]=1',
  ...['seed=%', 'seed=%E0%A4%A', '%', '%%%=%%%', 'task=%ZZ', '%00=%00'],
  ...['step=1e999', 'seed=NaN', 'steps=-0x', 'v=99999999999999999999'],
  ...[`seed=${'9'.repeat(20_000)}`, `${'x'.repeat(50_000)}=1`, 'seed=x&'.repeat(2000)],
];

import { expect, it } from 'vitest';
import { defaultsFor } from '../../src/run/settings.ts';
import Metrics from '../../src/ui/Metrics.svelte';
import { markupOf, textsOf } from './fixtures/markup.ts';
import { pageOf, rowOf } from './fixtures/page.svelte.ts';

it('the value loss of PPO stands among its metrics, with what is normal for it', () => {
  const of = (algorithm: 'ppo' | 'grpo') =>
    textsOf(
      markupOf(Metrics, {
        figures: pageOf({
          run: {
            settings: defaultsFor({ task: 'countdown', algorithm }),
            rows: [rowOf(2, null, { value_loss: 0.04321, grad_norm: 1.5 })],
          },
        }).figures,
      }),
      /<div[^>]*>(<dt.*?<\/dd>)/,
    ).find((words) => words.startsWith('value_loss'));
  expect(of('ppo')).toMatch(/½ p \(1 − p\) is left.* 0\.043\d*$/);
  expect(of('grpo')).toBeUndefined();
});

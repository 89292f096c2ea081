import { expectTypeOf, it } from 'vitest';
import type * as Published from '../../public/v1/embed.d.ts';
import type { RlvrPlayground } from '../../src/embed/element.ts';
import type { EmbedState } from '../../src/embed/messages.ts';

it('publishes the types that the element has', () => {
  expectTypeOf<EmbedState>().toEqualTypeOf<Published.EmbedState>();
  expectTypeOf<RlvrPlayground>().toExtend<Published.RlvrPlayground>();
  type Own = Exclude<keyof RlvrPlayground, keyof HTMLElement>;
  type OwnPublished = Exclude<keyof Published.RlvrPlayground, keyof HTMLElement>;
  // Beside what the browser calls.
  expectTypeOf<
    Exclude<Own, 'connectedCallback' | 'disconnectedCallback'>
  >().toEqualTypeOf<OwnPublished>();
});

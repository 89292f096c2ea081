import { expectTypeOf, it } from 'vitest';
import type * as Published from '../../public/v1/embed.d.ts';
import type { RlvrPlayground, RlvrPlaygroundEvents } from '../../src/embed/element.ts';
import type { EmbedState } from '../../src/embed/messages.ts';

it('publishes the types that the element has', () => {
  expectTypeOf<EmbedState>().toEqualTypeOf<Published.EmbedState>();
  expectTypeOf<RlvrPlayground>().toExtend<Published.RlvrPlayground>();
  // The playground's own events are known by name, with what they carry.
  expectTypeOf<Published.RlvrPlaygroundEvents>().toEqualTypeOf<RlvrPlaygroundEvents>();
  const listen = (element: Published.RlvrPlayground): void => {
    element.addEventListener('rlvr-change', ({ detail }) => {
      expectTypeOf(detail).toEqualTypeOf<Published.EmbedState>();
    });
    element.addEventListener('click', (event) => {
      expectTypeOf(event.clientX).toBeNumber();
    });
  };
  expectTypeOf(listen).toBeFunction();
  type Own = Exclude<keyof RlvrPlayground, keyof HTMLElement>;
  type OwnPublished = Exclude<keyof Published.RlvrPlayground, keyof HTMLElement>;
  // Beside what the browser calls.
  expectTypeOf<
    Exclude<Own, 'connectedCallback' | 'disconnectedCallback'>
  >().toEqualTypeOf<OwnPublished>();
});

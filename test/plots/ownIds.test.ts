import { describe, expect, it } from 'vitest';
import { withOwnIds } from '../../src/plots/save/ownIds.ts';

/** As a figure with two drawings is serialised; `id` is what the page called them. Its words look like ids and are none. */
const picture = (id: string, color = 'red'): string => `<svg xmlns="http://www.w3.org/2000/svg">
<desc>id="c5-0" url(#c5-0)</desc>
<svg><title id="${id}-t">A tree</title><linearGradient id="${id}-0"><stop stop-color="${color}"/></linearGradient>
<g aria-labelledby="${id}-t ${id}-c"><rect fill="url(&quot;#${id}-0&quot;)" stroke="url(#${id}-1)"/></g></svg>
<svg><clipPath id="${id}-c"><path id="${id}-1" d="M0 0"/></clipPath><use href="#${id}-1" xlink:href="#${id}-1"/>
<marker id="${id}"/><pattern id="${id}-10"/><path clip-path="url(#${id}-c)" marker-end="url('#${id}')" fill="url(#${id}-10)"/>
<a href="https://example.org/#c5-1">id="c5-1"</a></svg></svg>
`;

const idsIn = (svg: string): string[] =>
  [...svg.matchAll(/<[^>]* id="([^"]+)"/g)].map(([, id]) => id!);
const referredIn = (svg: string): string[] =>
  (svg.match(/<[^>]*>/g) ?? []).flatMap((tag) => [
    ...[...tag.matchAll(/url\((?:&quot;|')?#([^&')]+)/g)].map(([, id]) => id!),
    ...[...tag.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!),
    ...[...tag.matchAll(/labelledby="([^"]+)"/g)].flatMap(([, ids]) => ids!.split(' ')),
  ]);

describe('the ids of a picture', () => {
  const [one, other] = [withOwnIds(picture('c5')), withOwnIds(picture('c5', 'blue'))];

  it('are in no other picture, and all that refers to them finds them in its own', () => {
    for (const svg of [one, other]) {
      expect(new Set(idsIn(svg)).size).toBe(6);
      expect(new Set(referredIn(svg))).toEqual(new Set(idsIn(svg)));
    }
    expect(idsIn(one).filter((id) => idsIn(other).includes(id))).toEqual([]);
  });

  it('refer to what they referred to', () => {
    const [gradient, , , marker] = ['linearGradient', 'clipPath', 'path', 'marker'].map(
      (name) => new RegExp(`<${name} id="([^"]+)"`).exec(one)![1]!,
    );
    expect(one).toContain(`<rect fill="url(&quot;#${gradient}&quot;)"`);
    expect(one).toContain(`marker-end="url('#${marker}')"`);
  });

  it('are the same for the same picture, whatever the page called them', () => {
    expect(withOwnIds(picture('c5'))).toBe(one);
    expect(withOwnIds(picture('s17'))).toBe(one);
  });

  it('leave the words, the addresses and a picture without ids as they are', () => {
    expect(one).toContain('<desc>id="c5-0" url(#c5-0)</desc>');
    expect(one).toContain('<a href="https://example.org/#c5-1">id="c5-1"</a>');
    expect(withOwnIds('<svg><path fill="none"/></svg>')).toBe('<svg><path fill="none"/></svg>');
  });
});

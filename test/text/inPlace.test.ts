import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { textsInComponent, textsInModule } from './foundTexts.ts';

const src = new URL('../../src/', import.meta.url).pathname;
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).sort();

/** What is the same in every language: the field's symbols and names, those of keys, and of papers. */
const SYMBOLS =
  /^(pass@(k|\d+|\{\})?|Maj@(\{\})?|Cover@τ|w\(p\)|[pxτHeΔ]|SE|R²|x =( \{\})?|b − a( = \{\})?|R = −a e|\+ b|R|N|U|B|P|S|Esc|s|arXiv|GRPO|RLVR Playground|(Yue|Cui) et al\. 2025)$/;

/** Places whose strings are no texts of the page. */
const NO_TEXTS: readonly { file: RegExp; of?: RegExp; text?: RegExp; why: string }[] = [
  { file: /\.svelte$/, of: /^name$/, text: /^[a-z-]+$/, why: 'names of cards and of inputs' },
  { file: /Headlines\.svelte$/, of: /^name$/, text: /^entropy$/, why: 'the key of a tile' },
  {
    file: /^ui\/(timeline\/keys|lecture\/presenterKeys)\.ts$/,
    of: /^selector$/,
    why: 'selectors of CSS',
  },
  { file: /^ui\/metricWords\.ts$/, of: /^(name|unit)$/, why: 'TRL’s names, and a unit' },
  { file: /^ui\/(controls|embed\/snippet)\.ts$/, text: /[{<]/, why: 'CSS and HTML' },
  { file: /^ui\/metricWords\.ts$/, text: /^greedy answers$/, why: 'a value of a table' },
  { file: /^ui\/metricFormulas\.ts$/, why: 'a table of data, registered as it is' },
  { file: /^ui\/tasks\/texts\.ts$/, why: 'a table of data, registered as it is' },
  { file: /^ui\/microscope\/(formulas|sentences)\.ts$/, text: /^\w+ \{\}$/, why: 'names of texts' },
  {
    file: /^ui\/story\/.*\.svelte$/,
    text: /^(\{\}|verifier|lost) (title|caption|count)$|^input:not|^– RLVR Playground$/,
    why: 'names of texts, a selector, the name of the page',
  },
  { file: /^ui\/story\/(chapter|lines|.*chapters\/)/, why: 'names of chapters and measures' },
  { file: /^ui\/story\/references\.ts$/, why: 'papers, as they are called' },
  { file: /^ui\/share\/runFiles\.ts$/, of: /^(by|name)$/, why: 'what a file says of itself' },
  { file: /^plots\/(notes|save\/figure)\.ts$/, why: 'a key, selectors, SVG, and an error' },
  { file: /^ui\/offline\//, text: /^(take over|main, svg)$/, why: 'a message, a selector' },
  { file: /^ui\/(state\/port\.svelte|studies\/(recordedStudies|seek))\.ts$/, why: 'errors' },
];

const isAllowed = (file: string, text: string, of: string | null): boolean =>
  SYMBOLS.test(text) ||
  NO_TEXTS.some(
    (place) =>
      place.file.test(file) &&
      (place.of?.test(of ?? '') ?? true) &&
      (place.text?.test(text) ?? true),
  );

const found = (ending: string, within: RegExp, read: typeof textsInComponent): string[] =>
  files
    .filter((file) => file.endsWith(ending) && within.test(file))
    .flatMap((file) =>
      read(readFileSync(src + file, 'utf8'))
        .filter(({ text, of }) => !isAllowed(file, text, of))
        .map(({ text, of }) => `${file}: ${of === null ? '' : `${of} `}'${text}'`),
    );

describe('what is found as a text in place', () => {
  it('is what a reader sees or hears in a component, and no more', () => {
    const component = `<script lang="ts">
      import x from './some where.ts';
      const { a }: { a: 'one two' | 'b' } = $props();
      const said = $derived(a ? 'one step' : \`\${a} steps\`);
      if (!a) throw new Error('it is not there');
    </script>
    <p class="one two" aria-label="Many steps" style:color="var(--a b)">Text <b>{a ? 'two words' : ''}</b></p>
    <Figure title="Title" xLabel={a ? 'label' : ''} id="some id" /> {TEXT.here} · 12`;
    expect(
      textsInComponent(component)
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['Many steps', 'Text', 'Title', 'label', 'one step', 'two words', '{} steps'].sort());
  });

  it('is words or what is read in a module, and no more', () => {
    const module = `import { say } from './in place.ts';
      export const TEXT = { a: 'in a table' };
      export const keys = { label: 'seen', key: 'not seen', color: 'var(--a)', dash: '2 3' };
      export const f = (n: number) => \`\${n} of them\`;
      export const g = () => { throw new Error('an error stays'); };`;
    expect(textsInModule(module).map(({ text }) => text)).toEqual([
      'in a table',
      'seen',
      '{} of them',
    ]);
  });
});

describe('texts in place', () => {
  it('are in no component', () => {
    expect(found('.svelte', /./, textsInComponent)).toEqual([]);
  });

  it('are in no module of the page or its figures', () => {
    expect(found('.ts', /^(ui|plots)\//, textsInModule)).toEqual([]);
  });
});

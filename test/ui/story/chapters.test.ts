import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import texts from '../../../messages/en.json';
import { coerceSetting } from '../../../src/run/settings.ts';
import { settingNamed } from '../../../src/run/table.ts';
import { studyNamed } from '../../../src/run/studies/catalogue.ts';
import { valuesOf } from '../../../src/run/studies/numbers.ts';
import { parseStudy, type RecordedStudy } from '../../../src/run/studies/recorded.ts';
import { AXES } from '../../../src/ui/story/axes.ts';
import {
  claimsOf,
  placesOf,
  studiesOf,
  type Chapter,
  type LineSpec,
  type Question,
} from '../../../src/ui/story/chapter.ts';
import { CHAPTERS } from '../../../src/ui/story/chapters.ts';
import { terms as TERMS } from '../../../src/messages/glossary.ts';
import { studyLine, weightLine } from '../../../src/ui/story/lines.ts';
import { proseParts } from '../../../src/ui/story/glossary.ts';
import { REFERENCES } from '../../../src/ui/story/references.ts';
import { settingsOf } from '../../../src/ui/story/story.svelte.ts';

const CHAPTER_TEXTS = texts.chapters.chapters;
type Prose = Record<'title' | 'first' | 'ask' | 'after' | 'more', string> & { second?: string };
interface Written extends Prose {
  feedback: Record<string, string>;
  figure?: Record<string, string>;
}
/** What a guess can turn out to be. */
const OUTCOMES: Record<Question['kind'], string[]> = {
  judge: ['none', 'same', 'other'],
  curve: ['none', 'low', 'near', 'high'],
  count: ['none', 'low', 'near', 'high'],
  arms: ['none', 'same', 'other'],
  shape: ['none', 'same', 'other'],
};

const recordedOf = (name: string): RecordedStudy =>
  parseStudy(
    name,
    readFileSync(new URL(`../../../public/runs/studies/${name}.json`, import.meta.url), 'utf8'),
  );
const studies = new Map(
  [...new Set(CHAPTERS.flatMap(studiesOf))].map((name) => [name, recordedOf(name)]),
);
const placesIn = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();
/** As they are written, with their places; what stands around the figure is apart. */
const writtenOf = (name: keyof typeof CHAPTER_TEXTS) => {
  const { figure = {}, feedback, ...prose }: Written = CHAPTER_TEXTS[name];
  return { figure, feedback, prose };
};
const linesOf = ({ question }: Chapter): LineSpec[] =>
  question.kind === 'curve' || question.kind === 'shape'
    ? [question.asked, ...question.given, ...question.revealed]
    : [];

describe('the chapters', () => {
  it('have each a name for the address, and texts; no text has no chapter', () => {
    const names = CHAPTERS.map(({ name }) => name);
    expect(names).toEqual(Object.keys(CHAPTER_TEXTS));
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  describe.each(CHAPTERS.map((chapter) => [chapter.name, chapter] as const))(
    '%s',
    (name, chapter) => {
      const { question } = chapter;
      const { figure, feedback, prose } = writtenOf(name);

      it('has no measured number in its words, and a recorded one for each place', () => {
        for (const text of Object.values(prose)) {
          const plain = text.replace(/arXiv \d{4}\.\d{5}/g, '');
          expect(plain).not.toMatch(/\d[.,]?\d*\s*(%|per cent|points)|\d\.\d/);
        }
        const told = placesIn(prose.after + prose.more).filter(
          (place) => !['seeds', 'why'].includes(place),
        );
        expect([...new Set(told)]).toEqual(Object.keys(chapter.numbers).sort());
        expect(placesIn(prose.first + (prose.second ?? '') + prose.ask)).toEqual([]);
        // After the answer, one number of the study stands in the sentence: what else there is is told on asking.
        expect(placesIn(prose.after).filter((place) => place in chapter.numbers)).toHaveLength(1);
        for (const shown of Object.values(placesOf(chapter, studies)))
          expect(shown).toMatch(/^\d+(\.\d+)?(e-\d+)?( ± \d+(\.\d+)?)?$/);
        for (const { study, index } of claimsOf(chapter))
          expect(studies.get(study)!.claims[index]!.mean).not.toBeNull();
      });

      it('says something of every guess, without numbers of its own', () => {
        expect(Object.keys(feedback)).toEqual(OUTCOMES[question.kind]);
        for (const text of Object.values(feedback)) expect(text).toMatch(/\{(came|value)\}/);
        if (question.kind === 'curve') expect(question.handles).toContain(question.decides);
      });

      it('names words of the glossary, and places that its figure has', () => {
        const axis = question.kind === 'curve' ? AXES[question.over] : null;
        for (const text of Object.values(prose))
          for (const part of proseParts(text)) {
            if (part.kind === 'term') expect(TERMS[part.term]).toMatch(/\.$/);
            if (part.kind !== 'cursor') continue;
            expect(axis, part.text).not.toBeNull();
            const [from, to] = axis!.domain ?? [0, settingsOf(chapter.settings).steps];
            expect(part.x).toBeGreaterThanOrEqual(from);
            expect(part.x).toBeLessThanOrEqual(to);
          }
      });

      it('has settings that a run can have, and controls for its sandbox', () => {
        for (const [key, value] of Object.entries(chapter.settings))
          expect(coerceSetting(settingNamed(key as never), String(value))).toEqual({
            ok: true,
            value,
          });
        expect(new Set(chapter.sandbox).size).toBe(chapter.sandbox.length);
        expect(chapter.sandbox.length).toBe(
          chapter.answeredBy === 'papers' ? 5 : chapter.answeredBy === 'formula' ? 2 : 3,
        );
      });

      it('has a figure with what its question asks for', () => {
        if (question.kind === 'count') {
          expect([question.edges[0], question.edges.at(-1)]).toEqual([0, 100]);
          expect(chapter.picture !== undefined || question.count !== 'lost').toBe(true);
          return;
        }
        expect(figure['title']).toBeDefined();
        if (question.kind === 'judge') return;
        if (question.kind === 'arms') {
          const { arms } = studyNamed(chapter.study!);
          for (const id of question.arms) expect(arms.map((arm) => arm.id)).toContain(id);
          return;
        }
        expect(figure['y']).toBeDefined();
        if (question.kind === 'curve') {
          expect([...question.handles]).toEqual([...question.handles].sort((a, b) => a - b));
          const [from, to] = AXES[question.over].domain ?? [0, 1];
          expect(question.handles[0]).toBeGreaterThanOrEqual(from);
          expect(question.handles.at(-1)).toBeLessThanOrEqual(to);
        }
        for (const spec of linesOf(chapter)) {
          if (spec.of === 'run') continue;
          const line =
            spec.of === 'weight'
              ? weightLine(spec, settingsOf(chapter.settings))
              : studyLine(
                  question.over as 'k',
                  spec,
                  studyNamed(chapter.study!),
                  studies.get(chapter.study!)!,
                );
          expect(line.points.length).toBeGreaterThan(2);
          for (const { y } of line.points) {
            expect(y).toBeGreaterThanOrEqual(0);
            expect(y).toBeLessThanOrEqual(question.yMax);
          }
        }
      });
    },
  );

  it('say of recorded numbers what is so', () => {
    const mean = (name: string, place: string): number =>
      Number.parseFloat(
        placesOf(
          CHAPTERS.find((c) => c.name === name)!,
          studies,
        )[place]!,
      );
    expect(mean('sharpen', 'after')).toBeGreaterThan(mean('verifier', 'base'));
    // An entropy bonus finds what the base lacked, and plain GRPO loses of it.
    expect(mean('found', 'entropy')).toBeGreaterThan(mean('found', 'base'));
    expect(mean('found', 'grpo')).toBeLessThan(mean('found', 'base'));
    expect(mean('crossing', 'after')).toBeLessThan(mean('crossing', 'before'));
    const untrained = {
      study: 'no-training',
      arm: 'grpo',
      measure: 'entropy',
      when: 'base',
    } as const;
    for (const entropy of valuesOf(studies.get('no-training')!, untrained))
      expect(mean('entropy', 'after')).toBeLessThan(entropy);
    // Chance explains a part of large k, and not the most of it.
    expect(mean('luck', 'chance')).toBeLessThan(mean('luck', 'trained') / 2);
    expect(mean('credit', 'process')).toBeLessThan(mean('credit', 'wrong'));
    expect(mean('credit', 'processOne')).toBeLessThan(mean('credit', 'baseOne'));
    expect(mean('distillation', 'warm')).toBeGreaterThan(mean('distillation', 'base'));
    // With every seed RL lowers what 256 samples solve after the warm start.
    const { numbers } = CHAPTERS.find(({ name }) => name === 'distillation')!;
    const seeds = (place: string) => valuesOf(studies.get('beyond')!, numbers[place]!);
    seeds('started').forEach((from, i) => expect(seeds('warm')[i]).toBeLessThan(from));
    expect(mean('vanish', 'penaltyOne')).toBeLessThan(mean('vanish', 'plainOne'));
    expect(mean('distillation', 'known')).toBeGreaterThan(mean('distillation', 'knownBase'));
    expect(mean('sampling', 'power')).toBeGreaterThan(mean('sampling', 'cold'));
    expect(mean('sampling', 'power') * 100).toBeGreaterThan(mean('sampling', 'grpo'));
    expect(mean('sampling', 'chain')).toBeLessThan(mean('sampling', 'power'));
    // The sentences beside the prose are those that it speaks of.
    for (const [name, words] of [
      ['luck', /an untrained network: pass@256 is lower than that of chance/],
      ['credit', /steps and outcome: pass@1 falls by/],
      ['sampling', /chain for p⁴: .* less that of their target is −/],
    ] as const)
      expect(
        claimsOf(CHAPTERS.find((chapter) => chapter.name === name)!).map(
          ({ study, index }) => studies.get(study)!.claims[index]!.sentence,
        ),
      ).toContainEqual(expect.stringMatching(words));
    expect(mean('vanish', 'still')).toBe(mean('vanish', 'stillBase'));
    expect(mean('large', 'toy')).toBeLessThan(mean('large', 'toyBase'));
    // Heated to the base's entropy: a part of pass@256 comes back, and not all of it.
    const [back, short] = [0, 1].map((i) => studies.get('temperature')!.claims[i]!);
    expect(back!.mean! - back!.half!).toBeGreaterThan(0);
    expect(short!.mean! + short!.half!).toBeLessThan(0);
  });
});

describe('the references', () => {
  it('have years, and every paper that the prose names', () => {
    for (const { year, arXiv } of REFERENCES) {
      expect(year).toBeGreaterThan(2000);
      if (arXiv !== undefined) expect(arXiv).toMatch(/^\d{4}\.\d{5}$/);
    }
    const prose = CHAPTERS.flatMap(({ name }) => Object.values(writtenOf(name).prose)).join(' ');
    for (const [, name] of prose.matchAll(/([A-Z][a-z]+) et al\. \(?2/g))
      expect(REFERENCES.some(({ authors }) => authors.startsWith(name!))).toBe(true);
    for (const [, id] of prose.matchAll(/arXiv (\d{4}\.\d{5})/g))
      expect(REFERENCES.map(({ arXiv }) => arXiv)).toContain(id);
  });
});

describe('prose', () => {
  it('is taken apart into words, terms and places', () => {
    expect(proseParts('At <16|pass@16> the [base|untrained policy] wins.')).toEqual([
      { kind: 'plain', text: 'At ' },
      { kind: 'cursor', x: 16, text: 'pass@16' },
      { kind: 'plain', text: ' the ' },
      { kind: 'term', term: 'base', text: 'untrained policy', color: 'var(--base)' },
      { kind: 'plain', text: ' wins.' },
    ]);
    expect(() => proseParts('a [word] that nobody knows')).toThrow("the glossary has no 'word'");
  });
});

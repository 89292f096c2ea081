import { STUDIES } from '../../run/studies/catalogue.ts';
import { baseOf, whyApart, type Base, type LeftOut } from '../../run/studies/comparable.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import { settingsOf, type Study } from '../../run/studies/study.ts';
import { recordedNames, recordedStudy } from '../studies/recordedStudies.ts';
import { capital } from '../../text/words.ts';
import type { GroupName } from './groups.ts';
import { methodsOf, references, type Method } from './methods.ts';
import * as TEXT from '../../messages/compare.ts';

/** Lets the page do what it has to between two pieces of work. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Why none of a study's arms can be compared, so that its file need not be fetched; null where one can. */
function leftOutWhole(study: Study): LeftOut[] | null {
  const found = study.arms.flatMap((arm) => {
    const why = whyApart(settingsOf(study, arm, study.seeds[0]!));
    return why ? [{ study: study.name, label: arm.label, why }] : [];
  });
  return found.length === study.arms.length ? found : null;
}

/** What is not compared and why, a study at a time: a whole one by its title, else the arms of it; '' for nothing. */
export function leftOutWords(leftOut: readonly LeftOut[]): string {
  const parts = STUDIES.flatMap(({ name, title, arms }) => {
    const left = leftOut.filter(({ study }) => study === name);
    if (left.length === 0) return [];
    const why = [...new Set(left.map((each) => TEXT[`apart_${each.why}`]))].join('; ');
    const labels = left.map(({ label }) => label).join(', ');
    return left.length === arms.length
      ? TEXT.leftOutStudy({ study: title, why })
      : TEXT.leftOutArms({ arms: labels, study: title, why });
  });
  return parts.length === 0 ? '' : TEXT.leftOut({ list: parts.join('; ') });
}

/** The methods of all recorded studies, and how the reader looks at them. */
export class Comparison {
  /** Studies read so far, of so many. */
  done = $state(0);
  total = $state(0);
  isReading = $state(false);
  /** Null until they have been gathered. */
  base = $state.raw<Base | null>(null);
  methods = $state.raw<readonly Method[]>([]);
  references = $state.raw<readonly Method[]>([]);
  leftOut = $state.raw<readonly LeftOut[]>([]);
  /** A sentence for every study that could not be read. */
  problems = $state.raw<readonly string[]>([]);
  isGathered = $state(false);

  hidden = $state.raw<ReadonlySet<GroupName>>(new Set());
  chosen = $state<string | null>(null);

  shown = $derived(this.methods.filter(({ group }) => !this.hidden.has(group as GroupName)));

  #recorded: { study: Study; recorded: RecordedStudy }[] = [];
  #unread: Study[] | null = null;
  #stop: () => void = () => undefined;

  /** Reads what has not been read, one study after another; a second call while it reads does nothing. */
  async read(): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    const stopped = new Promise<null>((resolve) => (this.#stop = () => resolve(null)));
    this.problems = [];
    this.#unread ??= await this.#wanted();
    const failed: Study[] = [];
    for (let study = this.#unread.shift(); study; study = this.#unread.shift()) {
      try {
        const recorded = await Promise.race([stopped, recordedStudy(study)]);
        if (!recorded) {
          this.#unread.unshift(study);
          break;
        }
        this.#recorded.push({ study, recorded });
        this.done++;
      } catch (error) {
        failed.push(study);
        this.problems = [...this.problems, `${capital((error as Error).message)}.`];
      }
    }
    // What failed may come the next time.
    this.#unread.push(...failed);
    await this.#gather();
    this.isReading = false;
  }

  /** Ends reading at once; what has been read is shown. */
  stop(): void {
    this.#stop();
  }

  toggle(group: GroupName): void {
    const hidden = new Set(this.hidden);
    if (!hidden.delete(group)) hidden.add(group);
    this.hidden = hidden;
  }

  async #wanted(): Promise<Study[]> {
    const names = await recordedNames();
    const recorded = STUDIES.filter(({ name }) => names === null || names.includes(name));
    const wanted = recorded.filter((study) => leftOutWhole(study) === null);
    this.total = wanted.length;
    this.leftOut = recorded.flatMap((study) => leftOutWhole(study) ?? []);
    return wanted;
  }

  async #gather(): Promise<void> {
    const base = this.#recorded
      .map(({ recorded }) => baseOf(recorded))
      .find((found) => found !== null);
    const seen = new Map<string, Method>();
    const leftOut = this.leftOut.filter(
      (left) => !this.#recorded.some(({ study }) => study.name === left.study),
    );
    // In the order of the catalogue, so that a name does not depend on what came when.
    this.#recorded.sort((a, b) => STUDIES.indexOf(a.study) - STUDIES.indexOf(b.study));
    for (const { study, recorded } of base ? this.#recorded : [])
      for (const arm of recorded.arms) {
        const found = methodsOf(study.name, arm, base!, seen);
        for (const method of found.methods) seen.set(method.id, method);
        if (found.again) {
          const studies = [...found.again.studies, study.name];
          seen.set(found.again.id, { ...found.again, studies });
        }
        leftOut.push(...found.leftOut);
        await breathe();
      }
    this.base = base ?? null;
    this.references = base ? references(base) : [];
    this.leftOut = leftOut;
    this.methods = [...seen.values()];
    this.chosen ??= this.methods[0]?.id ?? null;
    this.isGathered = true;
  }
}

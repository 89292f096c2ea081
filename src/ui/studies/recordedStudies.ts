import { parseStudy, parseStudyIndex, type RecordedStudy } from '../../run/studies/recorded.ts';
import type { Study } from '../../run/studies/study.ts';
import { siteUrl } from '../../site.ts';

/** The names of the studies that have been recorded; null where that cannot be known, so that each has to be tried. */
export async function recordedNames(): Promise<readonly string[] | null> {
  const response = await fetch(new URL('runs/studies.json', siteUrl())).catch(() => null);
  return response?.ok ? parseStudyIndex(await response.text()) : null;
}

const kept = new Map<string, Promise<RecordedStudy>>();

/**
 * The recorded study of that definition, fetched once; a failure is not kept, so that it can be asked for again.
 * @throws Error naming the study and what was wrong with its file.
 */
export function recordedStudy(study: Study): Promise<RecordedStudy> {
  let wanted = kept.get(study.name);
  if (!wanted) {
    wanted = fetchStudy(study);
    kept.set(study.name, wanted);
    wanted.catch(() => kept.delete(study.name));
  }
  return wanted;
}

async function fetchStudy(study: Study): Promise<RecordedStudy> {
  const { name } = study;
  const failed = (why: string): Error =>
    new Error(`The recorded study '${name}' could not be fetched: ${why}`);
  const response = await fetch(new URL(`runs/studies/${name}.json`, siteUrl())).catch(() => {
    throw failed('there is no connection');
  });
  if (!response.ok) throw failed(`HTTP ${response.status}`);
  return matching(study, parseStudy(name, await response.text()));
}

/** @throws Error if a recorded study is not of the arms and claims that are to be shown. */
export function matching(study: Study, recorded: RecordedStudy): RecordedStudy {
  const refuse = (what: string): never => {
    throw new Error(`the recorded study '${study.name}' is out of date: ${what}`);
  };
  const [found, expected] = [recorded.arms, study.arms].map((arms) =>
    arms.map(({ id }) => id).join(', '),
  );
  if (found !== expected) refuse(`its arms are ${found}, expected ${expected}`);
  if (recorded.claims.length !== study.claims.length)
    refuse(`it has ${recorded.claims.length} claims, expected ${study.claims.length}`);
  return recorded;
}

import * as TEXT from '../messages/transport.ts';
import { speedText } from './state/pace.svelte.ts';
import { untilOf } from './state/phase.ts';
import type { SessionPort } from './state/port.svelte.ts';
import type { LiveRun } from './state/run.svelte.ts';
import { withTime } from './timeLeft.ts';

/** What a run is doing, in a line beside its buttons. */
export function runStatus(run: LiveRun, port: Pick<SessionPort, 'silence'>): string {
  const { phase, progress, step, settings, branched, asked, pace } = run;
  const until = untilOf(asked);
  if (port.silence) return TEXT.silent({ seconds: port.silence.seconds });
  const to = until === null ? '' : TEXT.to({ step: until });
  if (progress && phase.kind !== 'loading')
    return withTime(progress, progress.total > 1 ? TEXT.during(progress) : progress.label);
  switch (phase.kind) {
    case 'loading':
      return progress ? withTime(progress, progress.label) : TEXT.preparing;
    case 'finished':
      return TEXT.finished({ step });
    case 'failed':
      return TEXT.failed;
    case 'cancelled':
      return TEXT.cancelled({
        what: phase.what || (step > 0 ? TEXT.training({ to: '' }) : TEXT.preparing),
      });
    case 'playing':
      return pace.measured === null
        ? TEXT.training({ to })
        : TEXT.trainingAt({ to, speed: speedText(pace.measured) });
    case 'waiting':
    case 'paused':
      if (branched?.step === step) return TEXT.branched({ step });
      if (asked.kind === 'interrupt' && !run.rows.at(-1)?.heldOut) return TEXT.leftOff;
      return step > 0 ? TEXT.paused : TEXT.ready({ steps: settings.steps });
  }
}

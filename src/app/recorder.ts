/** The recorder of a session, from its settings. */
import { hostname } from 'node:os';
import manifest from '../../package.json' with { type: 'json' };
import type { Asked } from '../cli.ts';
import { defaultPlaces } from '../record/places.ts';
import { createRecorder, type SessionRecorder } from '../record/recorder.ts';
import type { Recorder } from '../record/types.ts';
import type { Settings } from '../settings/read.ts';
import type { AppContext } from './context.ts';
import { userName } from './world.ts';

/** Makes the recorder; nothing is written before its first call. */
export function recorderFor(settings: Settings, asked: Pick<Asked, 'env'>): SessionRecorder {
  const { log, script, logSize, logFiles } = settings.values;
  return createRecorder({
    places: defaultPlaces(asked.env, process.getuid?.() ?? -1, { log, script }),
    limit: { bytes: logSize, files: logFiles },
    version: manifest.version,
    user: userName(),
    host: hostname(),
  });
}

/** With `-v`, `-t` or `-D` the commands that only read go to the log as well. */
export function logOf({ flags }: Pick<Asked, 'flags'>, recorder: Recorder): AppContext['log'] {
  if (!flags.verbose && !flags.trace && !flags.debug) return undefined;
  return (text, outcome, output) => void recorder.asked(text, outcome, output);
}

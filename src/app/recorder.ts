/** The recorder of a session, from its settings. */
import { hostname } from 'node:os';
import manifest from '../../package.json' with { type: 'json' };
import type { Asked } from '../cli.ts';
import { defaultPlaces } from '../record/places.ts';
import { createRecorder, type SessionRecorder } from '../record/recorder.ts';
import type { Settings } from '../settings/read.ts';
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

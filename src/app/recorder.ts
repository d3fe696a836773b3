/** The recorder of a session, from its settings. */
import { hostname } from 'node:os';
import type { Asked } from '../cli.ts';
import { createRecorder } from '../record/recorder.ts';
import type { Recorder } from '../record/types.ts';
import type { Settings } from '../settings/read.ts';
import { userName } from './world.ts';

/** Makes the recorder; nothing is written before its first call. */
export function recorderFor(settings: Settings, asked: Pick<Asked, 'env'>): Recorder {
  return createRecorder({ settings, env: asked.env, user: userName(), host: hostname() });
}

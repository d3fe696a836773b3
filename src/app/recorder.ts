/** The recorder of a session, from its settings. */
import { hostname } from 'node:os';
import manifest from '../../package.json' with { type: 'json' };
import type { Asked } from '../cli.ts';
import type { Command } from '../command/types.ts';
import { defaultPlaces } from '../record/places.ts';
import { createRecorder, type SessionRecorder } from '../record/recorder.ts';
import type { Recorder } from '../record/types.ts';
import type { Settings } from '../settings/read.ts';
import type { AppContext } from './context.ts';
import { ownDirectory } from './own-directory.ts';
import { userName } from './world.ts';

/** Makes the recorder; nothing is written before its first call. */
export function recorderFor(settings: Settings, asked: Pick<Asked, 'env'>): SessionRecorder {
  const { log, script, logSize, logFiles } = settings.values;
  const recorder = createRecorder({
    places: defaultPlaces(asked.env, process.getuid?.() ?? -1, { log, script }),
    limit: { bytes: logSize, files: logFiles },
    version: manifest.version,
    user: userName(),
    host: hostname(),
  });
  const { start, end, script: add, notRun } = recorder;
  return {
    ...recorder,
    start: command => start(findable(command)),
    end: (id, command, ended, output) => end(id, findable(command), ended, output),
    script: command => add(findable(command)),
    notRun: command => notRun(findable(command)),
  };
}

/** A command that runs hasmit itself finds it when the script is replayed, too: the program's directory is among the command's own. */
function findable(command: Command): Command {
  if (!/(^|[\s|;&(])hasmit\s/.test(command.text)) return command;
  return { ...command, path: [...command.path, ownDirectory()] };
}

/** With `-v`, `-t` or `-D` the commands that only read go to the log as well. */
export function logOf({ flags }: Pick<Asked, 'flags'>, recorder: Recorder): AppContext['log'] {
  if (!flags.verbose && !flags.trace && !flags.debug) return undefined;
  return (text, outcome, output) => void recorder.asked(text, outcome, output);
}

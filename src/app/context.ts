/** What the wiring of a session shares: made once at the start, handed to the effects. */
import type { Catalogue } from '../panel/catalogue.ts';
import type { Recorder } from '../record/types.ts';
import type { World } from '../session/world.ts';
import type { Runs } from './runs.ts';
import type { Store } from './store.ts';

/** The terminal as the effects see it; the line mode has a simpler one. */
export interface SessionTerminal {
  /** Gives the terminal away and takes it back, for a shell or an interactive command. */
  suspend(): Promise<void>;
  resume(): Promise<void>;
  /** Prints a line while the terminal is given away. */
  note(text: string): void;
  /** Draws everything again. */
  repaint(): void;
  /** Sends bytes that are not part of the screen: the clipboard sequence. */
  send(bytes: string): void;
  /** The rows of the screen as text, for F8. */
  image(): string[];
  end(): void;
}

export interface AppContext {
  store: Store;
  world: World;
  catalogue: Catalogue;
  recorder: Recorder;
  runs: Runs;
  terminal: SessionTerminal;
  /** `-v`: what list and discover commands were run and what they gave goes to the log. */
  log?: (text: string, outcome: string, output: string) => void;
  /** The site's values were changed by a command: read them again. */
  siteChanged(): Promise<void>;
  /** The environment the user had, for children. */
  env: NodeJS.ProcessEnv;
}

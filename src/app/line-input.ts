/**
 * Lines for the line mode. On a terminal the kernel's own line editing is used: it erases, kills and echoes on every terminal there is, and a
 * screen reader or an expect script sees nothing that was drawn. Only a secret is read character by character, without echo.
 */
import { StringDecoder } from 'node:string_decoder';
import type { LineTerminal } from './plain.ts';

export interface Lines extends LineTerminal {
  /** Gives the input away (to an interactive command) and takes it back. */
  close(): void;
  open(): void;
}

interface Asked {
  prompt: string;
  secret: boolean;
  answer(line: string | undefined): void;
}

/**
 * Opens standard input.
 * @param columns width of the terminal
 * @param interrupted Ctrl-C on the terminal; what is asked is asked again after it
 */
export function openLines(columns: number, interrupted: () => void): Lines {
  const input = process.stdin;
  const onTerminal = input.isTTY === true;
  const decoder = new StringDecoder('utf8');
  /** Whole lines that nobody has asked for yet, and the beginning of the next one. */
  const early: string[] = [];
  let begun = '';
  let asked: Asked | undefined;
  let atEnd = false;
  let raw = false;

  const setRaw = (on: boolean) => {
    if (!onTerminal || raw === on) return;
    raw = on;
    input.setRawMode(on);
  };
  const answer = (line: string | undefined) => {
    const question = asked;
    asked = undefined;
    if (raw) {
      setRaw(false);
      process.stdout.write('\n');
    }
    question?.answer(line);
  };
  const ended = () => {
    if (atEnd) return;
    atEnd = true;
    // A last line without an end is a line too.
    if (begun !== '') endLine();
    if (asked) answer(undefined);
  };
  const endLine = () => {
    const line = begun;
    begun = '';
    if (asked) answer(line);
    else early.push(line);
  };
  const interrupt = () => {
    begun = '';
    process.stdout.write('\n');
    interrupted();
    if (asked) process.stdout.write(asked.prompt);
  };
  /** A character while there is no echo, and nobody else who edits the line. */
  const typed = (sign: string) => {
    if (sign === '\r') endLine();
    else if (sign === '\x7f' || sign === '\b') begun = [...begun].slice(0, -1).join('');
    else if (sign === '\x15') begun = '';
    else if (sign === '\x03') interrupt();
    else if (sign === '\x04' && begun === '') ended();
    else if (sign >= ' ') begun += sign;
  };
  const take = (bytes: Buffer) => {
    for (const sign of decoder.write(bytes)) {
      if (sign === '\n') endLine();
      else if (raw) typed(sign);
      // Files and pipes may end their lines as DOS does.
      else if (sign !== '\r') begun += sign;
    }
  };

  const lines: Lines = {
    columns,
    open() {
      input.on('data', take).on('end', ended).on('error', ended);
      if (onTerminal) process.on('SIGINT', interrupt);
      input.resume();
    },
    close() {
      setRaw(false);
      input.pause();
      input.off('data', take).off('end', ended).off('error', ended);
      process.off('SIGINT', interrupt);
    },
    print: text => void process.stdout.write(`${text}\n`),
    ask(prompt, options) {
      process.stdout.write(prompt);
      const line = early.shift();
      if (line !== undefined || atEnd) return Promise.resolve(line);
      return new Promise(resolve => {
        asked = { prompt, secret: options?.secret === true, answer: resolve };
        setRaw(asked.secret);
      });
    },
  };
  lines.open();
  return lines;
}

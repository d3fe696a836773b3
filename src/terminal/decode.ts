/**
 * Bytes of a terminal -> keys. Pure but for what is held between two reads: no timer and no clock inside, the time is passed in.
 *
 * One read may hold half a key (a slow line) or many (typed ahead), so nothing is decided by where a read ends, with two
 * exceptions that the terminals leave us no choice about: a lone Esc waits `escMs` for its second key, and a reply of the terminal
 * (`ESC ] ...`, `ESC P ...`) is known as such only when it came in one read with its ESC (by hand it is Alt and a key).
 */
import { StringDecoder } from 'node:string_decoder';
import { controlKey, csiKey, LINUX, SS3 } from './key-table.ts';
import type { Key, KeyName } from './types.ts';

/** Longest paste that is handed on, in UTF-16 units; the rest of a longer one is dropped. */
export const PASTE_LIMIT = 1024 * 1024;

const PASTE_END = '\u001b[201~';

/** A sequence that stays unfinished this long is dropped without a word. */
const SEQUENCE_MS = 2000;
/** A paste whose end does not come is handed on after this long without a byte. */
const PASTE_MS = 3000;
/** CR and LF this close together are one Enter (a terminal in new-line mode, telnet). */
const CRLF_MS = 50;
/** Longest control sequence that is waited for. */
const SEQUENCE_LIMIT = 64;
/** Longest reply of a terminal that is swallowed. */
const REPLY_LIMIT = 64 * 1024;

export interface DecoderOptions {
  /** How long a lone Esc waits for its second key, in milliseconds. */
  escMs?: number;
  /** PuTTY's SCO function keys (TERM=scoansi). Otherwise their letters are what xterm and aixterm mean by them. */
  sco?: boolean;
  /** The terminal sends Latin-1, as in a locale that is not UTF-8. */
  latin1?: boolean;
}

export interface Decoder {
  /** Takes what one read gave; returns the keys that are complete, in order. Never times out by itself: `flush` does. */
  push(bytes: Uint8Array | string, now: number): Key[];
  /** Gives up waiting where the wait is over at `now`: a lone Esc becomes `escape`, half a sequence is dropped, half a paste is handed on. */
  flush(now: number): Key[];
  /** Milliseconds until `flush` has something to do; undefined when nothing waits. */
  pendingMs(now: number): number | undefined;
  /** Esc was typed and its second key is waited for: the footer shows `Esc-`. */
  readonly pending: boolean;
}

type Step = { keys: Key[]; next: number } | 'more';

/** Digits after Esc: 1 to 9 are F1 to F9, 0 is F10. */
function metaKey(character: string): KeyName {
  if (character >= '0' && character <= '9') return `f${character === '0' ? '10' : character}` as KeyName;
  return `meta-${character.toLowerCase()}`;
}

const named = (name: KeyName | undefined): Key[] => (name === undefined ? [] : [{ type: 'key', name }]);

/** A control sequence at `start` (after its introducer): marker, parameters, intermediates, final byte. */
function readCsi(text: string, start: number, sco: boolean): Step {
  if (text[start] === '[') {
    const letter = text[start + 1];
    return letter === undefined ? 'more' : { keys: named(LINUX[letter]), next: start + 2 };
  }
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // rxvt's Shift keys end in $, which is no final byte elsewhere.
    const shifted = code === 0x24 && /^\d+$/.test(text.slice(start, at));
    if ((code >= 0x40 && code <= 0x7e) || shifted) {
      const body = text.slice(start, at);
      const marks = /^[<=>?]*/.exec(body)?.[0] ?? '';
      const final = text.charAt(at);
      if (final === 'M' && body === '' && !sco) return text.length < at + 4 ? 'more' : { keys: [], next: at + 4 };
      return { keys: named(csiKey(marks, body.slice(marks.length), final, sco)), next: at + 1 };
    }
    // Neither parameter nor intermediate: the sequence is broken off, and what broke it is read anew.
    if (code < 0x20 || code > 0x7e || at - start > SEQUENCE_LIMIT) return { keys: [], next: at };
  }
  return 'more';
}

/** `SS3 P`, and older xterms' `SS3 2 P`. */
function readSs3(text: string, start: number): Step {
  let at = start;
  while (at < text.length && at - start < 8 && /[\d;]/.test(text.charAt(at))) at++;
  const final = text[at];
  if (final === undefined) return 'more';
  const code = final.charCodeAt(0);
  return code < 0x20 || code > 0x7e ? { keys: [], next: at } : { keys: named(SS3[final]), next: at + 1 };
}

/** A reply that runs to ST or BEL (`ESC ] 52;...`), swallowed. */
function readReply(text: string, start: number): Step {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x07 || code === 0x9c) return { keys: [], next: at + 1 };
    if (code === 0x1b) {
      if (at + 1 === text.length) return 'more';
      return { keys: [], next: text[at + 1] === '\\' ? at + 2 : at };
    }
    if (at - start > REPLY_LIMIT) return { keys: [], next: at };
  }
  return 'more';
}

/** How much of the end of `text` may be the beginning of the paste's end. */
function heldBack(text: string): number {
  for (let length = Math.min(PASTE_END.length - 1, text.length); length > 0; length--)
    if (PASTE_END.startsWith(text.slice(text.length - length))) return length;
  return 0;
}

/** Makes a decoder with nothing held. */
export function createDecoder({ escMs = 500, sco = false, latin1 = false }: DecoderOptions = {}): Decoder {
  const utf8 = new StringDecoder(latin1 ? 'latin1' : 'utf8');
  /** Unfinished input; begins with an introducer. */
  let held = '';
  let heldSince = 0;
  /** Pieces of a paste that has begun. */
  let paste: string[] | undefined;
  let pasteLength = 0;
  let crAt = Number.NEGATIVE_INFINITY;

  /** One key (or swallowed sequence) at `at`, which holds ESC or a C1 introducer. */
  const readSequence = (text: string, at: number, oneRead: boolean): Step => {
    const code = text.charCodeAt(at);
    if (code === 0x9b) return readCsi(text, at + 1, sco);
    if (code === 0x8f) return readSs3(text, at + 1);
    const second = text[at + 1];
    if (second === undefined) return 'more';
    if (second === '[') return readCsi(text, at + 2, sco);
    if (second === 'O') return readSs3(text, at + 2);
    // A reply of the terminal, when it came in one piece with its ESC; typed by hand these are Alt and a key.
    if (']P_'.includes(second) && oneRead && text.length > at + 2) return readReply(text, at + 2);
    const point = text.codePointAt(at + 1) ?? 0;
    // Esc and a control key are two keys: Esc Esc, Esc Enter.
    if (point < 0x20 || point === 0x7f) return { keys: named('escape'), next: at + 1 };
    const character = String.fromCodePoint(point);
    return { keys: named(metaKey(character)), next: at + 1 + character.length };
  };

  const endPaste = (): Key[] => {
    const text = (paste ?? []).join('');
    paste = undefined;
    pasteLength = 0;
    return [{ type: 'paste', text }];
  };

  const addToPaste = (text: string): void => {
    const room = PASTE_LIMIT - pasteLength;
    if (room <= 0 || text === '') return;
    // Never half a surrogate pair at the limit.
    const cut = text.length > room ? text.slice(0, room).replace(/[\ud800-\udbff]$/, '') : text;
    paste?.push(cut);
    pasteLength += text.length > room ? room : cut.length;
  };

  const push = (bytes: Uint8Array | string, now: number): Key[] => {
    const fresh = typeof bytes === 'string' ? bytes : utf8.write(bytes);
    if (fresh === '') return [];
    const text = held + fresh;
    const keptFrom = held.length;
    const keys: Key[] = [];
    let typed = '';
    const emit = (more: Key[]): void => {
      if (typed !== '') keys.push({ type: 'text', text: typed });
      typed = '';
      keys.push(...more);
    };
    held = '';
    let at = 0;
    while (at < text.length) {
      if (paste) {
        const end = text.indexOf(PASTE_END, at);
        if (end < 0) {
          const keep = heldBack(text.slice(at));
          addToPaste(text.slice(at, text.length - keep));
          held = keep > 0 ? text.slice(text.length - keep) : '';
          heldSince = now;
          break;
        }
        addToPaste(text.slice(at, end));
        emit(endPaste());
        at = end + PASTE_END.length;
        continue;
      }
      const code = text.charCodeAt(at);
      if (code === 0x1b || code === 0x9b || code === 0x8f) {
        if (text.startsWith('\u001b[200~', at) || text.startsWith('\u009b200~', at)) {
          paste = [];
          at = text.indexOf('~', at) + 1;
          heldSince = now;
          continue;
        }
        const step = readSequence(text, at, at >= keptFrom || keptFrom > 2);
        if (step === 'more') {
          held = text.slice(at);
          heldSince = now;
          break;
        }
        emit(step.keys);
        at = step.next;
        continue;
      }
      if (code >= 0x20 && (code < 0x7f || code >= 0xa0)) {
        let end = at + 1;
        for (; end < text.length; end++) {
          const next = text.charCodeAt(end);
          if (next < 0x20 || (next >= 0x7f && next < 0xa0)) break;
        }
        typed += text.slice(at, end);
        at = end;
        continue;
      }
      at++;
      const second = code === 0x0a && now - crAt <= CRLF_MS;
      crAt = code === 0x0d ? now : Number.NEGATIVE_INFINITY;
      if (!second && (code < 0x20 || code === 0x7f)) emit(named(controlKey(code)));
    }
    emit([]);
    return keys;
  };

  const waitMs = (): number | undefined => {
    if (paste) return PASTE_MS;
    if (held === '') return undefined;
    return held === '\u001b' ? escMs : SEQUENCE_MS;
  };

  return {
    push,
    flush(now) {
      const wait = waitMs();
      if (wait === undefined || now - heldSince < wait) return [];
      const lone = !paste && held === '\u001b';
      if (paste) addToPaste(held);
      held = '';
      if (paste) return endPaste();
      return lone ? named('escape') : [];
    },
    pendingMs(now) {
      const wait = waitMs();
      return wait === undefined ? undefined : Math.max(0, wait - (now - heldSince));
    },
    get pending() {
      return !paste && held === '\u001b';
    },
  };
}

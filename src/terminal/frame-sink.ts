/**
 * The stdout that Ink writes to. In debug mode Ink writes every frame whole, as one string, at once; here it becomes a frame of ours
 * and goes to the painter with the cursor the program wants.
 *
 * FORCE_COLOR=1 must stand in the environment before Ink is loaded: without it chalk leaves out inverse and bold for some values of TERM.
 */
import { Writable } from 'node:stream';
import { frameFromAnsi } from './ansi-frame.ts';
import type { Painter } from './paint.ts';
import type { Size } from './types.ts';

/** What Ink and its helpers write besides frames: cursor and paste modes, which are the screen's business. */
const MODES_ONLY = /^(?:\u001b\[\?\d+[hl])*$/;

/** Ink's stdout: `render(..., {stdout: sink, debug: true, interactive: true})`. */
export class FrameSink extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  readonly #painter: Painter;
  #last = '';
  #cursor = { x: 0, y: 0 };
  #moved = false;

  constructor(painter: Painter, { columns, rows }: Size) {
    super({ decodeStrings: false });
    this.#painter = painter;
    this.columns = columns;
    this.rows = rows;
  }

  /** Where the real cursor shall stand (0-based); painted with Ink's next frame, or at the end of this turn when none comes. */
  setCursor(x: number, y: number): void {
    if (x === this.#cursor.x && y === this.#cursor.y) return;
    this.#cursor = { x, y };
    this.#moved = true;
    setImmediate(() => {
      if (this.#moved && this.#last !== '') this.#paint();
    });
  }

  /** The terminal has another size: Ink is told and lays out anew. */
  resize(columns: number, rows: number): void {
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.#last = '';
    this.#painter.resize(columns, rows);
    this.emit('resize');
  }

  override _write(chunk: string | Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    const text = String(chunk);
    if ((text !== this.#last || this.#moved) && !MODES_ONLY.test(text)) {
      this.#last = text;
      this.#paint();
    }
    done();
  }

  #paint(): void {
    this.#moved = false;
    this.#painter.paint({ ...frameFromAnsi(this.#last, this.columns, this.rows), cursor: this.#cursor });
  }
}

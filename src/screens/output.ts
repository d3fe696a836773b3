/** COMMAND STATUS, drawn as reference frames 11 to 14 show it. */
import { outputRoom, outputScrolls, wrapLine } from '../session/output.ts';
import type { OutputScreen } from '../session/state.ts';
import { markAbove, markBelow } from '../session/window.ts';
import type { World } from '../session/world.ts';
import { textWidth } from '../terminal/width.ts';
import { type Canvas, centre, cut, put } from './canvas.ts';
import { drawLegend } from './legend.ts';

const words = { ok: 'OK', failed: 'failed', cancelled: 'cancelled', timeout: 'timed out', unknown: 'unknown' } as const;

/** Draws the output screen; gives where the cursor stands. */
export function drawOutput(canvas: Canvas, screen: OutputScreen, world: World): { x: number; y: number } {
  const { columns, rows: height } = canvas;
  centre(canvas, 0, 'COMMAND STATUS');
  put(canvas, 0, 2, 'Command: ');
  put(canvas, 9, 2, screen.ended ? words[screen.ended.state] : 'running', { inverse: true });
  put(canvas, 23, 2, `stdout: ${screen.out ? 'yes' : 'no'}`);
  put(canvas, 45, 2, `stderr: ${screen.err ? 'yes' : 'no'}`);
  put(canvas, 58, 2, cut(facts(screen), Math.max(0, columns - 58)));
  put(canvas, 0, 3, cut(reason(screen), columns));
  put(canvas, 0, 4, 'Before command completion, additional instructions may appear below.', {}, columns);

  const scrolls = outputScrolls(screen, { columns, rows: height }, world);
  const room = outputRoom(height);
  const window = scrolls ? room.window : room.whole;
  let y = scrolls ? 7 : 6;
  const last = y + window;
  let { line, row } = screen.top;
  const lines = world.lines(screen.run, line, line + window);
  for (const one of lines) {
    const pieces = wrapLine(one.text, columns);
    for (; row < pieces.length && y < last; row++, y++) {
      const text = pieces[row]!;
      // Standard error is bold: the two are told apart where the terminal can.
      put(canvas, 0, y, text, { bold: one.stream === 'err' });
      if (screen.find && line === screen.find.line) mark(canvas, y, text, screen.find.text);
    }
    if (y >= last) {
      if (row >= pieces.length) line += 1;
      break;
    }
    line += 1;
    row = 0;
  }
  if (screen.ended && screen.lineCount === 0 && screen.command.mode === 'interactive') {
    put(canvas, 0, 6, cut('The command had the terminal; what it printed there is not kept.', columns));
  }
  if (scrolls) {
    put(canvas, 0, 6, markAbove(screen.top.line + (screen.top.line === 0 && screen.top.row > 0 ? 1 : 0)));
    put(canvas, 0, height - 5, markBelow(line, 0, screen.lineCount));
  }
  if (screen.ended) drawLegend(canvas, 'output');
  else if (screen.seconds >= 2) put(canvas, 0, height - 1, 'Ctrl-C=Cancel the command', {}, columns);
  return { x: 0, y: screen.ended ? height - 1 : Math.min(y, height - 1) };
}

/** What stands beside the three words of SMIT: the time once there is some, the status when it is not 0. */
function facts(screen: OutputScreen): string {
  const ended = screen.ended;
  const parts: string[] = [];
  if (ended?.signal) parts.push(ended.signal);
  else if (ended?.status) parts.push(`status ${ended.status}`);
  const seconds = Math.floor(ended?.seconds ?? screen.seconds);
  if (seconds >= 1) parts.push(`${seconds} s`);
  return parts.join(', ');
}

function reason(screen: OutputScreen): string {
  const verified = screen.verified;
  if (screen.ended?.reason) return screen.ended.reason;
  if (screen.ended && screen.command.mode === 'interactive') return 'It had the terminal: what it said was not kept.';
  return verified ? `Checked afterwards: ${verified.ok ? 'as expected' : 'NOT as expected'}: ${verified.text}` : '';
}

function mark(canvas: Canvas, y: number, text: string, wanted: string): void {
  const at = text.toLowerCase().indexOf(wanted.toLowerCase());
  if (at >= 0) put(canvas, textWidth(text.slice(0, at)), y, text.slice(at, at + wanted.length), { inverse: true });
}

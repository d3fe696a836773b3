/** Selectors and dialogs, drawn as reference frames 03 and 05 to 07 show them, with the live command row above the legend. */
import { displayText } from '../command/display.ts';
import type { Command } from '../command/types.ts';
import type { Field } from '../panel/types.ts';
import { commandOf } from '../session/ask.ts';
import { changedFields, type FormPanel, type FormRow, formRows, hasList, isOpen, isTyped } from '../session/form.ts';
import { formRoom, typedText } from '../session/form-keys.ts';
import type { FormScreen } from '../session/state.ts';
import { markAbove, markBelow } from '../session/window.ts';
import type { World } from '../session/world.ts';
import { graphemes, textWidth } from '../terminal/width.ts';
import { type Canvas, centre, cut, put, putItem } from './canvas.ts';
import { drawLegend } from './legend.ts';

/** Column of the first character of a value: SMIT's 54, further left only where 80 columns are missing. */
export function valueColumn(columns: number): number {
  return Math.min(54, columns - 26);
}

/** Draws the form; gives where the cursor stands. */
export function drawForm(canvas: Canvas, screen: FormScreen, panel: FormPanel, world: World): { x: number; y: number } {
  const { columns, rows: height } = canvas;
  const dialog = panel.kind === 'dialog';
  centre(canvas, 0, panel.title);
  drawLegend(canvas, dialog ? 'dialog' : 'selector');

  const rows = formRows(panel, screen, world);
  const [first, second] = instructions(dialog, rows.length > 0);
  put(canvas, 0, 2, first);
  put(canvas, 0, 3, second);
  if (rows.length > 0) put(canvas, valueColumn(columns) + 2, 5, '[Entry Fields]');
  const room = formRoom(height, rows.length);
  if (rows.length > room) {
    put(canvas, 0, 5, markAbove(screen.top));
    put(canvas, 0, height - 5, markBelow(screen.top, room, rows.length));
  }
  const changed = changedFields(panel, screen);
  let cursor = { x: 0, y: 6 };
  rows.slice(screen.top, screen.top + room).forEach((row, at) => {
    const focused = screen.top + at === screen.cursor;
    const found = drawRow(canvas, 6 + at, row, screen, focused, changed);
    if (focused) cursor = found;
  });
  const field = rows[screen.cursor];
  const problem = field?.kind === 'field' ? screen.problems[field.field.name] : undefined;
  if (problem) put(canvas, 0, 4, cut(problem, columns));
  if (dialog && (panel.run || panel.edits)) {
    put(canvas, 0, height - 4, cut(commandRow(commandOf(panel, screen, world)), columns));
  }
  return cursor;
}

function instructions(dialog: boolean, fields: boolean): [string, string] {
  if (!fields) return ['There is nothing to fill in here.', 'Press Enter to run the command.'];
  const what = dialog ? 'Type or select values in entry fields.' : 'Type or select a value for the entry field.';
  return [what, 'Press Enter AFTER making all desired changes.'];
}

function drawRow(
  canvas: Canvas,
  y: number,
  row: FormRow,
  screen: FormScreen,
  focused: boolean,
  changed: string[],
): { x: number; y: number } {
  const at = valueColumn(canvas.columns);
  if (row.kind === 'info') {
    put(canvas, 2, y, row.text, {}, canvas.columns - 2);
    return { x: 0, y };
  }
  const label = row.kind === 'field' ? row.field.label : row.label;
  const indent = label.length - label.trimStart().length;
  putItem(canvas, 2 + indent, y, label.trimStart(), focused, at - 4 - indent);
  if (row.kind === 'computed') {
    put(canvas, at, y, cut(row.text, canvas.columns - at));
    return { x: 0, y };
  }
  return drawField(canvas, y, row.field, screen, focused, changed.includes(row.field.name));
}

function drawField(
  canvas: Canvas,
  y: number,
  field: Field,
  screen: FormScreen,
  focused: boolean,
  inverse: boolean,
): { x: number; y: number } {
  const { columns } = canvas;
  const at = valueColumn(columns);
  const room = columns - 4 - at;
  if (field.required) put(canvas, 0, y, '*');
  if (hasList(field)) put(canvas, columns - 3, y, '+');
  if (isOpen(field))
    put(
      canvas,
      columns - 2,
      y,
      field.type === 'integer' ? '#' : field.type === 'hex' ? 'X' : field.type === 'path' ? '/' : ' ',
    );
  const text = shownText(field, typedText(screen, field));
  if (!isTyped(field)) {
    put(canvas, at, y, cut(text, room), { inverse });
    return { x: at, y };
  }
  const view = fieldView(text, focused ? screen.caret : 0, room);
  put(canvas, at - 1, y, view.from > 0 ? '<' : '[');
  const end = put(canvas, at, y, view.text, { inverse });
  put(canvas, view.more ? at + room : end, y, view.more ? '>' : ']');
  return { x: at + view.caret, y };
}

/** A secret is never drawn; how long it is may be seen by the one who types it. */
export function shownText(field: Field, text: string): string {
  return field.type === 'secret' ? '*'.repeat(graphemes(text).length) : displayText(text);
}

/** The part of a long text that is seen: the window moves so that the caret is inside. Widths in cells. */
export function fieldView(
  text: string,
  caret: number,
  room: number,
): { text: string; from: number; more: boolean; caret: number } {
  if (textWidth(text) <= room && caret <= room)
    return { text, from: 0, more: false, caret: textWidth(graphemes(text).slice(0, caret).join('')) };
  const signs = graphemes(text);
  const widths = signs.map(textWidth);
  const sum = (from: number, to: number) => widths.slice(from, to).reduce((all, one) => all + one, 0);
  let from = 0;
  while (sum(from, caret) > room - (caret < signs.length ? 1 : 0)) from++;
  let to = from;
  while (to < signs.length && sum(from, to + 1) <= room) to++;
  return { text: signs.slice(from, to).join(''), from, more: to < signs.length, caret: sum(from, caret) };
}

/** A command in one row: its lines one behind the other; of an edit what it does. F6 shows all of it as it is. */
export function commandRow(command: Command): string {
  return displayText((command.summary?.join(', ') ?? command.text).replace(/\n\s*/g, ' '));
}

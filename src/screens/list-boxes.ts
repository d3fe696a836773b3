/** The boxes one chooses from: SMIT's lists (reference frames 08 and 09) and the fast-path jump. */
import { displayText } from '../command/display.ts';
import { jumpRoom } from '../session/jump.ts';
import { listRows } from '../session/list.ts';
import type { JumpBox, ListBox, ListRow } from '../session/state.ts';
import { textWidth } from '../terminal/width.ts';
import { drawBox } from './box.ts';
import type { Drawn } from './boxes.ts';
import { type Canvas, cut, putItem } from './canvas.ts';

/** A list of values, its cursor on one of them. */
export function drawList(canvas: Canvas, box: ListBox): Drawn {
  const rows = listRows(box);
  const intro = (
    box.multiple
      ? [
          'Move cursor to desired item and press F7.',
          '    ONE OR MORE items can be selected.',
          'Press Enter AFTER making all selections.',
        ]
      : ['Move cursor to desired item and press Enter.']
  ).map(text => ({ text, indent: 2 }));
  if (box.filter) intro.push({ text: `Find: ${box.filter.text}`, indent: 2 });
  const marks = (value: string) => {
    const at = box.selected.indexOf(value);
    // Where the order counts its number is the mark; past nine there is no room for it.
    return at < 0 ? '  ' : box.ordered && at < 9 ? `${at + 1} ` : '> ';
  };
  const line = (row: ListRow) => ({ text: `${marks(row.value)}${displayText(row.text)}`, indent: 2 });
  // Only the window is made into lines: a list of ten thousand costs as much as one of ten.
  const window = { length: rows.length, slice: (from: number, to: number) => rows.slice(from, to).map(line) };
  const none = [{ text: '  Nothing in the list holds that text.', indent: 2 }];
  const heading = box.heading.map(text => ({ text, indent: 4 }));
  const place = drawBox(canvas, {
    title: box.title,
    context: box.multiple ? 'multi' : 'list',
    intro: [...intro, ...(heading.length > 0 ? [{ text: '', indent: 2 }, ...heading] : [])],
    body: rows.length > 0 ? window : none,
    top: box.top,
    // The box keeps its size while one types: less to send, and the eye stays where it is.
    height: box.rows.length,
    want: box.width,
  });
  const y = place.bodyY + box.cursor - place.top;
  const row = rows[box.cursor];
  if (row) putItem(canvas, place.x + 4, y, cut(displayText(row.text), place.width - 6), true);
  if (box.filter?.editing) {
    return { cursor: { x: place.x + 8 + textWidth(box.filter.text), y: place.y + 2 + intro.length } };
  }
  return { cursor: { x: place.x + 3, y } };
}

/** The jump: a line to type in, the panels that fit, how one gets to the one under the cursor. */
export function drawJump(canvas: Canvas, box: JumpBox): Drawn {
  const room = jumpRoom(canvas.rows);
  const body = box.hits.slice(0, 500).map((hit, at) => ({
    text: `${hit.panel.padEnd(26)} ${hit.title}`,
    indent: 4,
    inverse: at === box.cursor,
  }));
  const none = box.answered === box.query && box.hits.length === 0 && box.query !== '';
  const place = drawBox(canvas, {
    title: 'JUMP TO A FAST PATH',
    context: 'jump',
    intro: [{ text: `: ${box.query}`, indent: 2 }],
    body: none ? [{ text: 'No panel holds that.', indent: 4 }] : body,
    top: box.top,
    height: room,
    // How one gets there, for the hit the cursor is on.
    outro: [{ text: box.hits[box.cursor]?.way ?? '', indent: 2 }],
  });
  return { cursor: { x: Math.min(place.x + place.width - 2, place.x + 4 + box.caret), y: place.y + 3 } };
}

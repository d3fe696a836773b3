/** The boxes of a session, each drawn into SMIT's frame (reference frames 04, 08 to 10 and 15 to 18). */
import { displayText } from '../command/display.ts';
import { contextOf } from '../session/keyboard.ts';
import type { Box, CommandBox, ConfirmBox, EditBox, MessageBox, State } from '../session/state.ts';
import type { World } from '../session/world.ts';
import { textWidth, wrapText } from '../terminal/width.ts';
import { type BoxLine, boxWidth, drawBox } from './box.ts';
import { type Canvas, clear, put } from './canvas.ts';
import { drawJump, drawList } from './list-boxes.ts';

/** A place on the screen where Ink draws a small list of actions over the frame. */
export interface ActionPlace {
  x: number;
  y: number;
  width: number;
  items: Array<{ label: string; value: string }>;
  /** No attributes: the mark before the item must do. */
  mono: boolean;
}

export interface Drawn {
  cursor: { x: number; y: number };
  actions?: ActionPlace;
}

const returns = [
  { text: 'Press Enter or Cancel to return to the', indent: 2 },
  { text: '  application.', indent: 2 },
];

/** F6's actions; the letters do the same. */
export const commandActions = [
  { label: 'Return', value: 'return' },
  { label: 'Copy to the clipboard of your terminal  (c)', value: 'copy' },
  { label: 'Add to the script file                  (s)', value: 'script' },
  { label: 'Print it when you leave                 (p)', value: 'print' },
];

/** Draws the top box; gives where the cursor stands. */
export function drawTopBox(canvas: Canvas, state: State, box: Box, world: World): Drawn {
  switch (box.kind) {
    case 'list':
      return drawList(canvas, box);
    case 'message':
      return drawMessage(canvas, box);
    case 'working':
      return drawWorking(canvas);
    case 'confirm':
      return drawConfirm(canvas, box);
    case 'command':
      return drawCommand(canvas, box, actionsOf(box));
    case 'image':
      return drawImage(canvas, box.fastPath);
    case 'edit':
      return drawEdit(canvas, box);
    case 'jump':
      return drawJump(canvas, box);
    case 'find': {
      const place = drawBox(canvas, {
        title: 'FIND',
        context: contextOf(state, world),
        intro: [],
        body: [{ text: `Text: ${box.text}`, indent: 2 }],
        top: 0,
      });
      return {
        cursor: {
          x: Math.min(place.x + place.width - 2, place.x + 8 + textWidth([...box.text].slice(0, box.caret).join(''))),
          y: place.bodyY,
        },
      };
    }
  }
}

/** Lines wrapped for a box; continuation lines two further in, as SMIT wraps commands. */
export function boxLines(texts: string[], room: number, indent = 4, further = 0): BoxLine[] {
  return texts.flatMap(text => {
    if (text.trim() === '') return [{ text: '', indent }];
    const lead = text.length - text.trimStart().length;
    // All lines are of one width, so that a long word is cut where the screen needs it and nowhere else.
    const lines = wrapText(text.trimStart(), Math.max(10, room - lead - further));
    if (lines.length === 1 || textWidth(text) <= room) return [{ text: text.trimStart(), indent: indent + lead }];
    return lines.map((line, at) => ({ text: line, indent: indent + lead + (at > 0 ? further : 0) }));
  });
}

function drawMessage(canvas: Canvas, box: MessageBox): Drawn {
  const width = boxWidth(canvas.columns);
  const intro = box.intro?.map(text => ({ text, indent: 2 })) ?? returns;
  const place = drawBox(canvas, {
    title: box.title,
    context: 'message',
    intro,
    body: boxLines(box.lines, width - 6),
    top: box.top,
  });
  return { cursor: { x: place.x + 2, y: place.bodyY } };
}

function drawWorking(canvas: Canvas): Drawn {
  const width = Math.min(56, canvas.columns - 4);
  const x = Math.floor((canvas.columns - width) / 2);
  const y = canvas.rows - 3;
  const line = `+${'-'.repeat(width - 2)}+`;
  clear(canvas, x, y, width, 3);
  put(canvas, x, y, line);
  put(canvas, x, y + 1, `| Processing data ...`);
  put(canvas, x + width - 1, y + 1, '|');
  put(canvas, x, y + 2, line);
  return { cursor: { x: x + 2, y: y + 1 } };
}

/** Where "continue" and "cancel" could be taken the wrong way round, the keys say what they do. */
const answers: Partial<Record<ConfirmBox['question']['about'], string[]>> = {
  cancel: ['    Press Enter to cancel the command.', '    Press F3 to let it run.'],
  leave: ['    Press Enter to leave; the values are lost.', '    Press F3 to stay.'],
};

const goOn = ['    Press Enter to continue.', '    Press Cancel to return to the application.'];

function drawConfirm(canvas: Canvas, box: ConfirmBox): Drawn {
  const width = boxWidth(canvas.columns);
  const typing = box.word !== undefined;
  const ways = answers[box.question.about] ?? goOn;
  const asks = typing
    ? [`    Type ${box.word} and press Enter to continue:`, `    [${box.typed ?? ''}]`, goOn[1]!]
    : ways;
  // A command that is wrapped goes on two further in, as SMIT has it; words go on where they began.
  const lines = box.lines.flatMap(line => boxLines([line], width - 4, 2, line.startsWith(' ') ? 2 : 0));
  while (lines.length > 0 && lines[lines.length - 1]!.text === '') lines.pop();
  const last = asks.map(text => ({ text, indent: 2 }));
  const around = 2 + 1 + 2 + 2;
  const fits = lines.length + last.length <= canvas.rows - 2 - around;
  // SMIT's box is one block; only when the text must scroll do the questions stand apart below it.
  const parts = fits ? { body: [...lines, ...last], outro: [] } : { body: lines, outro: last };
  const place = drawBox(canvas, { title: box.title, context: 'confirm', intro: [], top: box.top, ...parts });
  const lastY = fits ? place.bodyY + lines.length : place.outroY;
  if (!typing) return { cursor: { x: place.x + 6, y: lastY } };
  return { cursor: { x: Math.min(place.x + place.width - 2, place.x + 7 + textWidth(box.typed ?? '')), y: lastY + 1 } };
}

/** F6's actions for a command: where the system has a SMIT panel for the same work, that too. */
function actionsOf(box: CommandBox): typeof commandActions {
  const { smitty } = box.command;
  return smitty
    ? [...commandActions, { label: `Open smitty ${smitty} in place of it`, value: 'smitty' }]
    : commandActions;
}

/** F6's box. `actions` empty gives SMIT's own. */
export function drawCommand(canvas: Canvas, box: CommandBox, actions: typeof commandActions): Drawn {
  const room = boxWidth(canvas.columns) - 6;
  // Of an edit what it does comes first; the shell text that does it stands below the rest.
  const summary = box.command.summary;
  const text = box.command.text.split('\n').flatMap(line => boxLines([displayText(line) || ' '], room, 4, 2));
  const command = summary
    ? boxLines(
        summary.map(line => displayText(line)),
        room,
        4,
        2,
      )
    : text;
  const details = box.details.length > 0 ? [{ text: '', indent: 4 }, ...boxLines(box.details, room)] : [];
  const outro = actions.map(action => ({ text: `  ${action.label}`, indent: 4 }));
  const place = drawBox(canvas, {
    title: 'SHOW COMMAND STRING',
    context: 'command',
    intro: actions.length > 0 ? [] : returns,
    body: [...command, ...details, ...(summary ? [{ text: '', indent: 4 }, ...text] : [])],
    top: box.top,
    outro,
  });
  if (actions.length === 0) return { cursor: { x: place.x + 3, y: place.bodyY } };
  return {
    cursor: { x: place.x + 4, y: place.outroY },
    actions: { x: place.x + 4, y: place.outroY, width: place.width - 6, items: actions, mono: canvas.mono },
  };
}

function drawImage(canvas: Canvas, fastPath: string): Drawn {
  const intro = [
    'Press Enter to save the screen image',
    '  in the log file.',
    'Press Cancel to return to the application.',
  ];
  const body = ['Current fast path:', `  "${fastPath}"`];
  const lines = (texts: string[]) => texts.map(text => ({ text, indent: 2 }));
  const place = drawBox(canvas, {
    title: 'PRINT SCREEN',
    context: 'image',
    intro: lines(intro),
    body: lines(body),
    top: 0,
  });
  return { cursor: { x: place.x + 2, y: place.bodyY } };
}

function drawEdit(canvas: Canvas, box: EditBox): Drawn {
  const width = boxWidth(canvas.columns, textWidth(box.text)) - 6;
  const signs = [...box.text];
  const rows: string[] = [];
  for (let at = 0; at <= signs.length; at += width) rows.push(signs.slice(at, at + width).join(''));
  const body = rows.map(text => ({ text, indent: 4 }));
  const place = drawBox(canvas, {
    title: box.label,
    context: 'edit',
    intro: [{ text: 'Type the value and press Enter.', indent: 2 }],
    body,
    top: 0,
    want: width,
  });
  return { cursor: { x: place.x + 4 + (box.caret % width), y: place.bodyY + Math.floor(box.caret / width) } };
}

/** The keys at the bottom of a screen, from the one key table: four columns at quarters of the width. */
import { type Context, legendOf } from '../session/keys.ts';
import { type Canvas, put } from './canvas.ts';

/** Draws the legend on the last rows. */
export function drawLegend(canvas: Canvas, context: Context): void {
  const entries = legendOf(context);
  const first = canvas.rows - Math.ceil(entries.length / 4);
  entries.forEach((entry, at) => {
    const column = at % 4;
    const x = Math.floor((column * canvas.columns) / 4);
    const next = Math.floor(((column + 1) * canvas.columns) / 4);
    put(canvas, x, first + Math.floor(at / 4), entry, {}, next - x - 1);
  });
}

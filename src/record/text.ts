/** Pieces that the log and the script share. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** SMIT's date: `[Aug 01 2019, 00:10:40]`, local time, English months whatever the locale. */
export function stamp(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${MONTHS[date.getMonth()]} ${two(date.getDate())} ${date.getFullYear()}`;
  return `[${day}, ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}]`;
}

/** Text that must stay in one line (a title in a comment of the script): controls become blanks. */
export function oneLine(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ').trim();
}

/** How a command ended, in words: `OK`, `failed (status 3)`, `failed (status 0: line 3 matches "^Error:": Error: x)`. */
export function endInWords(ended: { state: string; status?: number; signal?: string; reason?: string }): string {
  const { state, status, signal, reason } = ended;
  const word = state === 'ok' ? 'OK' : state === 'timeout' ? 'timed out' : state;
  const how = signal
    ? `signal ${signal}`
    : status === undefined || (state === 'ok' && status === 0)
      ? ''
      : `status ${status}`;
  const why = oneLine(reason ?? '');
  const inside = how === '' || why.includes(how) ? why : why === '' ? how : `${how}: ${why}`;
  return inside === '' ? word : `${word} (${inside})`;
}

/** IP addresses and netmasks, without node:net, which costs start-up time. */

/** True for four numbers from 0 to 255 without leading zeros, which some programs read as octal. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** True for an IPv6 address in any of its written forms, without a zone (`%eth0`) or prefix length. */
export function isIpv6(text: string): boolean {
  if (!/^[0-9A-Fa-f:.]{2,45}$/.test(text)) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map(half => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1)!.at(-1);
  const tail = last?.includes('.') ? 2 : 1;
  if (tail === 2) {
    if (!isIpv4(last!)) return false;
    groups.at(-1)!.pop();
  }
  const all = groups.flat();
  if (!all.every(group => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  const count = all.length + (tail === 2 ? 2 : 0);
  return halves.length === 2 ? count <= 7 : count === 8;
}

/** True for a dotted mask whose ones stand on the left (255.255.255.0), or a prefix length from 0 to 128. */
export function isNetmask(text: string): boolean {
  if (/^(0|[1-9]\d{0,2})$/.test(text)) return Number(text) <= 128;
  if (!isIpv4(text)) return false;
  const bits = text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const zeros = 2 ** 32 - bits;
  // The inverted mask plus one must be a power of two.
  return Number.isInteger(Math.log2(zeros));
}

/** Host names and plain names: the shapes, not whether the thing exists. Node ranges are in noderange.ts. */
import { isIpv4, isIpv6 } from './ip.ts';

/**
 * True for a host name (RFC 1123 labels; `_` too, which adapter labels such as `node1_boot` have) or an IP address. A text of digits and
 * dots only is an address or wrong.
 */
export function isHost(text: string): boolean {
  if (isIpv4(text) || isIpv6(text)) return true;
  if (text.length > 253 || /^[\d.]+$/.test(text)) return false;
  return text
    .replace(/\.$/, '')
    .split('.')
    .every(label => /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label));
}

/** True for a name as users, interfaces, services and packages have it: no blanks, nothing a shell or an option parser would take amiss. */
export function isName(text: string): boolean {
  return /^[A-Za-z0-9_./:@%+,=~-]+$/.test(text) && !text.startsWith('-');
}

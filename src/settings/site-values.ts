/** The site's own values: known keys, and what a right value of each is. Other keys are kept too, for a site's own panels. */

export type SiteValue = string | string[];
export type SiteValues = Record<string, SiteValue>;

interface SiteDefinition {
  label: string;
  list?: boolean;
  /** True for a right value (of one item, for a list). */
  check(value: string): boolean;
  /** What a right value is, with an example. */
  wants: string;
}

const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const isIpv4 = (value: string) => new RegExp(`^${octet}(\\.${octet}){3}$`).test(value);
const isIp = (value: string) => isIpv4(value) || /^[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+$/.test(value);
const isName = (value: string) => /^[A-Za-z0-9_]([A-Za-z0-9._:-]*[A-Za-z0-9_])?$/.test(value);
const isPath = (value: string) => /^\/[^\0\n]*$/.test(value);

/** True for ones on the left, zeros on the right. */
function isNetmask(value: string): boolean {
  if (!isIpv4(value)) return false;
  const bits = value
    .split('.')
    .map(part => Number(part).toString(2).padStart(8, '0'))
    .join('');
  return /^1+0*$/.test(bits);
}

const host = { check: isName, wants: 'a host name, for example mn1' };
const directory = { check: isPath, wants: 'a directory, for example /install' };

/** Keys that shipped panels use, in the order in which they are listed. */
export const siteDefinitions: Record<string, SiteDefinition> = {
  virtual_ip: { label: 'Virtual IP address', check: isIp, wants: 'an IP address, for example 10.0.0.9' },
  netmask: { label: 'Network mask', check: isNetmask, wants: 'a network mask, for example 255.255.255.0' },
  prefix: {
    label: 'Prefix length',
    check: value => /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 32,
    wants: 'a prefix length, for example 24',
  },
  interface: { label: 'Network interface', check: isName, wants: 'the name of an interface, for example eth0' },
  hosts: { label: 'Hosts', list: true, ...host, wants: 'host names, for example mn1,mn2' },
  primary: { label: 'Primary management node', ...host },
  standby: { label: 'Standby management node', ...host },
  domain: { label: 'Domain', check: isName, wants: 'a domain, for example cluster.example.com' },
  database: { label: 'Database', check: isName, wants: 'the name of a database, for example postgresql' },
  database_dir: { label: 'Database directory', ...directory },
  shared_dirs: {
    label: 'Shared directories',
    list: true,
    ...directory,
    wants: 'directories, for example /install,/etc/xcat',
  },
  backup_dir: { label: 'Backup directory', ...directory },
  engine: {
    label: 'Engine for many hosts',
    check: value => ['ssh', 'xdsh', 'dsh', 'clush', 'pdsh', 'ansible'].includes(value),
    wants: 'ssh, xdsh, dsh, clush, pdsh or ansible',
  },
  hacmp_release: {
    label: 'HACMP release',
    check: value => /^[4-7](\.\d{1,3}){1,4}$/.test(value),
    wants: 'a release of HACMP, for example 4.2.1 or 5.5',
  },
  mcsg_release: {
    label: 'ServiceGuard release',
    check: value => /^[A-Z]\.\d\d(\.\d\d){0,3}$/.test(value),
    wants: 'a release of ServiceGuard as cmversion prints it, for example A.11.19 or A.11.20.00',
  },
};

/**
 * A site value from a file (text, number or list) or from text (items of a list behind commas).
 * Gives the value, or the sentence that says what is wrong with it.
 */
export function siteValue(key: string, raw: unknown): { value: SiteValue } | { problem: string } {
  if (!/^[a-z][a-z0-9_]*$/.test(key))
    return { problem: `site.${key} is no name for a site value: small letters, digits and _ are` };
  const known = siteDefinitions[key];
  const items = (Array.isArray(raw) ? raw : known?.list ? String(raw).split(',') : [raw])
    .map(item => (typeof item === 'number' ? String(item) : item))
    .filter(item => item !== '');
  const texts = items.filter((item): item is string => typeof item === 'string' && !/[\n\0]/.test(item));
  const wrong = items.find(item => !texts.includes(item as string) || (known && !known.check(item as string)));
  if (wrong !== undefined)
    return {
      problem: `site.${key} is ${JSON.stringify(wrong)}; it must be ${known?.wants ?? 'a text or a list of texts'}`,
    };
  if (!known?.list && !Array.isArray(raw)) return { value: texts[0] ?? '' };
  if (known && !known.list && texts.length > 1)
    return { problem: `site.${key} has several values; it must be ${known.wants}` };
  return { value: known && !known.list ? (texts[0] ?? '') : texts };
}

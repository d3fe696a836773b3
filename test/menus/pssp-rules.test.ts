/** What the panels of PSSP refuse, with the values that are refused and the sentence that says why and what to do. */
import { expect, test } from 'vitest';
import type { Value, Values } from '../../src/panel/types.ts';
import { checkValue } from '../../src/validate/field.ts';
import { dialogOf, failedChecks, readShipped, selectorOf } from './panels.ts';

const shipped = await readShipped();

/** Every sentence that was said, with its panel, for the last test. */
const said = new Set<string>();

/** What a panel says to these values, joined; an empty text when it takes them. */
function refusal(id: string, typed: Values, discovered: Values = {}): string {
  const messages = failedChecks(shipped, id, typed, discovered);
  for (const message of messages) said.add(`${id}: ${message}`);
  return messages.join(' ');
}

/** What a field says to a value; undefined when it takes it. */
function fieldSays(id: string, name: string, value: Value): string | undefined {
  const panel = shipped.panels.get(id);
  const fields = panel?.kind === 'selector' ? [selectorOf(shipped, id).field] : dialogOf(shipped, id).fields;
  return checkValue(fields.find(field => field.name === name)!, value);
}

const frame = { start_frame: '1', start_slot: '1', node_count: '16' };

/** The rest of each form, so that only the choice of nodes is judged. */
const forms: Record<string, Values> = {
  pssp_ethernet: { address: '10.15.0.1', netmask: '255.255.255.0', route: '10.15.0.254' },
  pssp_hostname: {},
  pssp_add_adapter: { adapter: 'en1', address: '10.15.1.1', netmask: '255.255.255.0', from_memory: 'yes' },
  pssp_boot_install: { from_memory: 'yes' },
  pssp_hardware_ethernet: {},
};

test.each(Object.entries(forms))('%s wants its nodes named in exactly one way', (id, rest) => {
  for (const one of [frame, { node_group: 'cluster_a' }, { node_list: '1,5,9' }] as Values[])
    expect([one, refusal(id, { ...rest, ...one })]).toEqual([one, '']);
  const none = refusal(id, rest);
  expect(none).toMatch(/in exactly one way: Start Frame with Start Slot and Node Count, or Node Group, or Node List/);
  for (const two of [
    { ...frame, node_group: 'cluster_a' },
    { ...frame, node_list: '9' },
    { node_group: 'cluster_a', node_list: '9' },
    { ...frame, node_group: 'cluster_a', node_list: '9' },
  ] as Values[])
    expect([two, refusal(id, { ...rest, ...two })]).toEqual([two, none]);
});

test.each(Object.entries(forms))('%s takes start frame, start slot and node count together only', (id, rest) => {
  const parts = Object.keys(frame);
  for (const part of parts) {
    const without = { ...rest, ...frame, [part]: '' };
    expect(refusal(id, without), part).toMatch(/belong together\. Fill in all three or none/);
    expect(refusal(id, { ...rest, [part]: '1', node_list: '9' }), part).toMatch(/belong together/);
  }
});

test('PSSP 3 changes volume groups of nodes named in exactly one of two ways', () => {
  const release = { release: 'PSSP 3.1 or later' };
  expect(refusal('changevg_dialog', { ...release, ...frame })).toBe('');
  expect(refusal('changevg_dialog', { ...release, node_list: '9' })).toBe('');
  expect(refusal('changevg_dialog', release)).toMatch(/exactly one way/);
  expect(refusal('changevg_dialog', { ...release, ...frame, node_list: '9' })).toMatch(/exactly one way/);
  expect(refusal('changevg_dialog', { ...release, ...frame, node_count: '' })).toMatch(/belong together/);
});

test('the panel of PSSP 3 is not for PSSP 2.3, and says where its entries are there', () => {
  expect(refusal('changevg_dialog', frame)).toBe(
    'PSSP 2.3 has no spchvgobj. Its entries are in Boot/Install/usr Server Information.',
  );
});

test('lists take nodes in one way at most', () => {
  for (const id of ['pssp_list_boot', 'pssp_list_adapters']) {
    expect(refusal(id, {})).toBe('');
    expect(refusal(id, frame)).toBe('');
    expect(refusal(id, { ...frame, node_list: '1' })).toMatch(/in one way at most/);
    expect(refusal(id, { start_frame: '1' })).toMatch(/belong together/);
  }
});

test('spadaptrs takes six adapters and no other, and the panel says where en2 goes', () => {
  for (const adapter of ['en1', 'fi0', 'fi1', 'tr0', 'tr1', 'css0'])
    expect(fieldSays('pssp_add_adapter', 'adapter', adapter)).toBeUndefined();
  expect(fieldSays('pssp_add_adapter', 'adapter', 'en2')).toBe(
    '"en2" does not fit; write en1, fi0, fi1, tr0, tr1 or css0: spadaptrs of PSSP 2.3 takes no other. ' +
      'Addresses of en2 go to the other addresses of en1 (see pssp_unsupported).',
  );
  // en0 has a panel of its own; cssO is how the redbook was scanned.
  for (const adapter of ['en0', 'en3', 'tr2', 'cssO', 'css1', 'en1 ', 'EN1'])
    expect(fieldSays('pssp_add_adapter', 'adapter', adapter), adapter).toMatch(/spadaptrs of PSSP 2\.3 takes no other/);
});

test('what belongs to one kind of adapter is refused for another', () => {
  const add = (typed: Values) => refusal('pssp_add_adapter', { ...frame, ...forms.pssp_add_adapter, ...typed });
  expect(add({ ethernet_type: 'bnc' })).toBe('');
  expect(add({ adapter: 'tr0', ethernet_type: 'bnc' })).toMatch(/Ethernet adapter type is for en1 only/);
  expect(add({ adapter: 'tr1', token_rate: '4' })).toBe('');
  expect(add({ token_rate: '16' })).toMatch(/data rate is for tr0 and tr1 only/);
  expect(add({ arp: 'yes' })).toMatch(/ARP and switch node numbers are for css0 only/);
  expect(add({ switch_numbers: 'no' })).toMatch(/ARP and switch node numbers are for css0 only/);
  expect(add({ adapter: 'css0', arp: 'yes', switch_numbers: 'no' })).toBe('');
  expect(add({ adapter: 'css0', arp: 'no', switch_numbers: 'no' })).toMatch(
    /Without ARP the switch finds a node by its switch node number/,
  );
});

test('a netmask is dotted', () => {
  const add = (netmask: string) => refusal('pssp_add_adapter', { ...frame, ...forms.pssp_add_adapter, netmask });
  expect(add('255.255.255.192')).toBe('');
  expect(add('24')).toMatch(/dotted form, for example 255\.255\.255\.0/);
  expect(refusal('pssp_ethernet', { ...frame, ...forms.pssp_ethernet, netmask: '24' })).toMatch(/dotted form/);
  expect(fieldSays('pssp_add_adapter', 'netmask', '255.0.255.0')).toMatch(/is no netmask/);
});

test('options that come from memory run only when the operator says so, and are not there in the redbook form', () => {
  const add = (typed: Values) =>
    refusal('pssp_add_adapter', { ...forms.pssp_add_adapter, ...frame, from_memory: 'no', ...typed });
  const without = { start_frame: '', start_slot: '', node_count: '' };
  expect(add({})).toBe('');
  expect(add({ ethernet_type: 'dix' })).toBe('');
  for (const typed of [
    { skip: 'yes' },
    { adapter: 'css0', arp: 'yes' },
    { adapter: 'css0', arp: 'yes', switch_numbers: 'no' },
    { adapter: 'tr0', token_rate: '16' },
    { ...without, node_group: 'cluster_a' },
    { ...without, node_list: '9' },
  ] as Values[]) {
    expect(add(typed), JSON.stringify(typed)).toMatch(/come from memory.*smitty enter_data, F6 there.*or answer yes/);
    expect(add({ ...typed, from_memory: 'yes' }), JSON.stringify(typed)).toBe('');
  }
  const boot = (typed: Values) => refusal('pssp_boot_install', { ...frame, ...typed });
  expect(boot({ response: 'customize' })).toBe('');
  for (const name of ['server', 'image', 'lppsource', 'level', 'usr_server'])
    expect(boot({ [name]: '1' }), name).toMatch(/The options behind these entries come from memory/);
  expect(boot({ disks: ['hdisk0'] })).toMatch(/come from memory/);
  expect(boot({ disks: ['hdisk0'], from_memory: 'yes' })).toBe('');
});

test('gateway and client adapter need a /usr server', () => {
  const boot = (typed: Values) => refusal('pssp_boot_install', { ...frame, from_memory: 'yes', ...typed });
  expect(boot({ usr_server: 'sp2cw0', usr_gateway: '10.0.0.1', usr_adapter: 'en0' })).toBe('');
  expect(boot({ usr_gateway: '10.0.0.1' })).toMatch(/Give the server, or empty them/);
  expect(boot({ usr_adapter: 'en0' })).toMatch(/Give the server, or empty them/);
});

test('setup_server is not run over key files before those are saved', () => {
  const boot = (typed: Values, keys: string[]) => refusal('pssp_boot_install', { ...frame, ...typed }, { keys });
  expect(boot({}, [])).toBe('');
  expect(boot({}, ['node02'])).toMatch(/keys that were merged into them by hand are lost\. Save them first/);
  expect(boot({ saved: 'yes' }, ['node02'])).toBe('');
  expect(boot({ setup: 'no' }, ['node02'])).toBe('');
});

test('a list of other addresses keeps what is there, unless dropping is said', () => {
  const there = { netaddr: '129.40.161.9', old: ['129.40.162.67'], addresses: ['129.40.162.67'] };
  const change = (typed: Values, discovered: Values = there) =>
    refusal('pssp_other_addrs', { node: '9', adapter: 'en1', ...typed }, discovered);
  expect(change({})).toBe('');
  expect(change({ addresses: ['129.40.162.67', '129.40.162.68'] })).toBe('');
  expect(change({ addresses: ['129.40.162.68'] })).toMatch(
    /replaces the whole list, and an address that is there now is missing/,
  );
  expect(change({ addresses: ['129.40.162.68'], drop: 'yes' })).toBe('');
  // Part of an address is not that address.
  expect(change({ addresses: ['129.40.162.6'] })).toMatch(/is missing in it/);
});

test('nothing is replaced while the old list is not known', () => {
  const change = (discovered: Values) =>
    refusal('pssp_other_addrs', { node: '9', adapter: 'en1', addresses: ['129.40.162.68'] }, discovered);
  expect(change({})).toMatch(/The SDR has shown no such adapter of this node/);
  expect(change({ netaddr: '0025-000' })).toMatch(/The SDR has shown no such adapter/);
  expect(change({ netaddr: '129.40.161.9' })).toBe('');
});

test('other addresses are IP addresses, with blanks between, and at least one', () => {
  const says = (value: string[]) => fieldSays('pssp_other_addrs', 'addresses', value);
  expect(says(['129.40.162.67', '129.40.162.68'])).toBeUndefined();
  expect(says(['129.40.162.67,129.40.162.68'])).toMatch(/is no IP address/);
  expect(says(['node2_svc'])).toMatch(/is no IP address/);
  expect(says([])).toMatch(/A value is required/);
});

test('two = select and one sets: each field refuses the other', () => {
  for (const [id, required] of [
    ['pssp_sdr_change', true],
    ['pssp_sdr_query', false],
  ] as const) {
    const says = (value: string[]) => fieldSays(id, 'selectors', value);
    expect(says(['node_number==9', 'adapter_type==en1'])).toBeUndefined();
    expect(says(['node_number=9'])).toMatch(/attribute==value with two =/);
    expect(says(['node_number===9'])).toMatch(/two =/);
    expect(says(['node_number=='])).toMatch(/two =/);
    expect(says(['9'])).toMatch(/two =/);
    // Without a selector a change would reach every object of the class.
    expect(says([]) !== undefined, id).toBe(required);
  }
  const sets = (value: string[]) => fieldSays('pssp_sdr_change', 'changes', value);
  expect(sets(['enet_type=bnc', 'enet_rate=10'])).toBeUndefined();
  expect(sets(['enet_type==bnc'])).toMatch(/attribute=value with one =/);
  expect(sets(['enet_type='])).toMatch(/one =/);
  expect(sets([])).toMatch(/A value is required/);
});

test('other_addrs is changed only where the old list is kept', () => {
  const change = (changes: string[]) =>
    refusal('pssp_sdr_change', { class: 'Adapter', selectors: ['node_number==9'], changes });
  expect(change(['enet_type=bnc'])).toBe('');
  expect(change(['enet_type=bnc', 'other_addrs=129.40.162.67'])).toMatch(
    /Use Change the Other Addresses of an Adapter, which keeps what is there/,
  );
});

test('a cluster is in one partition of one SP, with 16 nodes at most', () => {
  const seventeen = Array.from({ length: 17 }, (_, at) => String(at + 1));
  const ask = (nodes: string[], here = ['1', '5', '7'], sp = ['1', '5', '7', '9']) =>
    refusal('pssp_partition', { nodes }, { here, sp });
  expect(ask(['1', '5', '7'])).toBe('');
  expect(ask(['1', '9'])).toBe(
    'At least one of these nodes is in another partition. HACMP ES works in one partition only, and does not check it.',
  );
  expect(ask(['1', '33'])).toMatch(/is no node of this SP\. A cluster of HACMP ES cannot span two SP systems/);
  expect(ask(seventeen, seventeen, seventeen)).toMatch(/16 nodes at most/);
  expect(ask(seventeen.slice(1), seventeen, seventeen)).toBe('');
  const many = Array.from({ length: 513 }, (_, at) => String(at + 1));
  expect(ask(['1'], many, many)).toMatch(/512 nodes at most/);
  expect(ask(['1'], [], [])).toMatch(/The SDR does not answer.*Is the control workstation up/);
  expect(refusal('pssp_partition', { nodes: ['1'] })).toMatch(/The SDR does not answer/);
});

test('key files are kept where only root can read', () => {
  for (const [id, name] of [
    ['pssp_setup_server', 'save'],
    ['pssp_srvtab_save', 'save'],
    ['pssp_srvtab_merge', 'save'],
    ['pssp_srvtab_merge', 'directory'],
    ['pssp_ext_srvtab', 'directory'],
  ] as const) {
    for (const directory of ['/tmp', '/tmp/keys', '/var/tmp/keys', '/tftpboot', '/tftpboot/save'])
      expect(refusal(id, { [name]: directory }), `${id} ${directory}`).toMatch(/Others can read that directory/);
    for (const directory of ['/var/adm/keys', '/tmpkeys', '/root/tmp'])
      expect(refusal(id, { [name]: directory }), `${id} ${directory}`).toBe('');
  }
});

test('HACMP is removed only from a stopped cluster and with its scripts saved', () => {
  const remove = (typed: Values, clstrmgr = 'inoperative') =>
    refusal('install_remove', { preview_only: 'no', ...typed }, { clstrmgr });
  for (const software of [['cluster.base.server.rte'], ['bos.net.nfs.server', 'cluster.*'], ['*']]) {
    expect(remove({ software })).toMatch(/\/usr\/sbin\/cluster is removed with your scripts and snapshots/);
    expect(remove({ software, saved: 'yes' })).toBe('');
    expect(remove({ software, saved: 'yes' }, 'active')).toMatch(/Stop the whole cluster first/);
    expect(remove({ software, preview_only: 'yes' }, 'active')).toBe('');
  }
  expect(remove({ software: ['bos.net.nfs.server'] }, 'active')).toBe('');
  expect(fieldSays('install_remove', 'software', ['-a'])).toMatch(/names of file sets/);
});

test('values that PSSP does not take are refused where they are typed', () => {
  const refused: [id: string, field: string, value: Value, why: RegExp][] = [
    ['pssp_add_adapter', 'start_slot', '17', /not between 1 and 16/],
    ['pssp_add_adapter', 'node_count', '513', /not between 1 and 512/],
    ['pssp_add_adapter', 'node_list', '1 5', /commas between them and no blanks/],
    ['pssp_add_adapter', 'node_list', '1-5', /commas between them/],
    ['pssp_add_adapter', 'ethernet_type', 'tp', /choose dix, bnc/],
    ['pssp_add_adapter', 'token_rate', '8', /choose 4, 16/],
    ['pssp_boot_install', 'response', 'migrate', /choose install, customize, disk, maintenance, diag/],
    ['pssp_boot_install', 'server', 'sp2cw0', /the number of a node/],
    ['pssp_frame', 'tty', '/dev/null', /\/dev\/tty0/],
    ['pssp_site_env', 'others', ['ntp_server==10.0.0.1'], /with one =/],
    ['pssp_sdr_archive', 'append', 'before en1', /letters, digits, _ and -/],
    ['pssp_ext_srvtab', 'names', ['-n'], /neither a host name nor an IP address/],
  ];
  for (const [id, field, value, why] of refused) expect(fieldSays(id, field, value), `${id} ${field}`).toMatch(why);
  expect(refusal('pssp_site_env', {})).toMatch(/Nothing was filled in/);
});

test('every rule of every panel was broken above', () => {
  const rules = [...shipped.panels.values()].flatMap(panel =>
    panel.product === 'pssp' && panel.kind === 'dialog'
      ? (panel.checks ?? []).map(check => `${panel.id}: ${check.message}`)
      : [],
  );
  expect(rules.filter(rule => !said.has(rule))).toEqual([]);
});

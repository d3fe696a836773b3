/**
 * The mistakes of the source documents on ServiceGuard (reference 2.19, E1 to E25), none of which a panel makes: each test shows the right
 * command or the refusal, and that the panel tells what was changed where an operator may know the old form.
 */
import { expect, test } from 'vitest';
import type { Values } from '../../src/panel/types.ts';
import { checkValue } from '../../src/validate/field.ts';
import { besideOf, commandOf, dialogOf, failedChecks, readShipped } from './panels.ts';

const shipped = await readShipped();
const ours = [...shipped.panels.values()].filter(panel => panel.product === 'mcsg');
const dialogs = ours.flatMap(panel => (panel.kind === 'dialog' ? [panel] : []));

/** Every shell text of ServiceGuard's panels and lists, by its panel. */
const texts: [id: string, text: string][] = [
  ...dialogs.flatMap(panel =>
    [panel.run, panel.preview, panel.verify?.run, panel.discover?.run].flatMap(template =>
      template ? [[panel.id, template.source] as [string, string]] : [],
    ),
  ),
  ...[...shipped.sources.values()]
    .filter(source => source.id.startsWith('mcsg.'))
    .map(source => [source.id, source.run.source] as [string, string]),
];

/** Panels in whose commands something stands. */
const having = (pattern: RegExp) => texts.filter(([, text]) => pattern.test(text)).map(([id]) => id);
const run = (id: string, typed: Values) => commandOf(shipped, id, typed).text;
const notes = (id: string) => (dialogOf(shipped, id).notes ?? []).join('\n');
const pageOf = (id: string) => {
  const panel = shipped.panels.get(id)!;
  return panel.kind === 'text' ? panel.text : '';
};
const fieldSays = (id: string, name: string, value: string) =>
  checkValue(dialogOf(shipped, id).fields.find(field => field.name === name)!, value);

test('E1: the command is cmmodpkg, and cmmodpg stands nowhere', () => {
  expect(run('mcsg_switch_on', { packages: ['pkg1'], verbose: 'no' })).toBe('cmmodpkg -e pkg1');
  expect(having(/cmmodpg/)).toEqual([]);
  expect(notes('mcsg_switch_on')).toContain('cmmodpg');
});

test('E2: cmhaltnode has no -n; nodes stand behind the options, and so with cmrunnode', () => {
  expect(run('mcsg_node_halt', { nodes: ['ftsys9'] })).toBe('cmhaltnode -f -v ftsys9');
  expect(having(/(cmhaltnode|cmrunnode)[^;&|\n]* (-n|\{\{-n)/)).toEqual([]);
  expect(notes('mcsg_node_halt')).toContain('The command has no -n');
});

test('E3: a new node joins with cmrunnode, and cmruncl is refused while the cluster runs', () => {
  expect(run('mcsg_node_run', { nodes: ['new'] })).toBe('cmrunnode -v new');
  expect(failedChecks(shipped, 'mcsg_cluster_run', {}, { status: 'up' }).join()).toMatch(/joins it with Run Nodes/);
  expect(failedChecks(shipped, 'mcsg_cluster_run', {}, { status: 'down' })).toEqual([]);
  expect(failedChecks(shipped, 'mcsg_node_run', { nodes: ['new'] }, { status: 'down' }).join()).toMatch(/cmruncl/);
  expect(pageOf('mcsg_checklists')).toContain('Run Nodes for the new one, and not Run the Cluster');
});

test('E4: cmgetconf has one form: the cluster, the package if one is meant, the file behind', () => {
  expect(run('mcsg_get_cluster', { cluster: 'c', file: '/f' })).toBe('cmgetconf -c c /f');
  expect(run('mcsg_get_cluster', { cluster: 'c' })).toBe('cmgetconf -c c');
  expect(run('mcsg_get_package', { cluster: 'c', package: 'p', file: '/f' })).toBe('cmgetconf -c c -p p /f');
  expect(having(/cmgetconf(?! (-v |\{\{|-c ))/)).toEqual([]);
  expect(having(/cmgetconf[^|;&)]*>/)).toEqual([]);
});

test('E5: the configuration is saved before it is put aside, and not asked for afterwards', () => {
  expect(run('mcsg_save', { cluster: 'c', directory: '/s' })).toContain('cmgetconf -c c /s/cluster.ascii');
  expect(run('mcsg_aside', { name: 'old' })).not.toContain('cmgetconf');
  expect(notes('mcsg_aside')).toContain('cannot work any more');
  expect(pageOf('mcsg_checklists')).toContain('Build a cluster anew: save the whole configuration; halt; put');
});

test('E6: the files are moved, not removed, and cmclnodelist stays', () => {
  const text = run('mcsg_aside', { name: 'old' });
  expect(text).toContain('test "$file" != cmclnodelist; then mv "$file" old/');
  expect(text).not.toMatch(/\brm\b/);
  expect(dialogOf(shipped, 'mcsg_aside').confirm!.level).toBe('type');
  // The one rm is for the directory of a package, named and typed.
  expect(having(/\brm\b/)).toEqual(['mcsg_pkg_remove_files']);
  expect(dialogOf(shipped, 'mcsg_pkg_remove_files').confirm!.level).toBe('type');
});

test('E7: only lines VG[n]= are volume groups; VGCHANGE= is none', () => {
  expect(run('mcsg_vg_unmark_script', { script: '/s' })).toContain("sed -n 's/^VG\\[[0-9][0-9]*\\]=");
  expect(having(/grep[^|;]*\^VG/)).toEqual([]);
});

test('E8: the quotes around a volume group are taken off', () => {
  expect(run('mcsg_vg_unmark_script', { script: '/s' })).toContain('="\\{0,1\\}\\([^"#; ]*\\)"\\{0,1\\}');
  expect(having(/awk -F=/)).toEqual([]);
});

test('E9: the loop over the volume groups is one command', () => {
  const text = run('mcsg_vg_unmark_script', { script: '/s' });
  expect(text).toMatch(/for vg in \$vgs; do[\s\S]*vgchange -c n "\$vg" && vgchange -a y "\$vg" \|\| exit\ndone/);
  expect(notes('mcsg_vg_unmark_script')).toContain('It is one command');
});

test('E10: the level of cmsetlog is one digit from 1 to 6', () => {
  expect(run('mcsg_setlog_level', { level: '3' })).toBe('cmsetlog 3');
  for (const level of ['0', '7', '1-6', `\${1-6}`])
    expect([level, fieldSays('mcsg_setlog_level', 'level', level)]).toEqual([level, expect.any(String)]);
  expect(having(/cmsetlog \$/)).toEqual([]);
});

test('E11: cmdeleteconf always names a package or the cluster', () => {
  expect(run('mcsg_delete_package', { packages: ['pkg1'] })).toBe('cmdeleteconf -f -v -p pkg1');
  expect(run('mcsg_delete_cluster', { cluster: 'c' })).toBe('cmdeleteconf -f -v -c c');
  expect(commandOf(shipped, 'mcsg_delete_package', {}).missing).toEqual(['packages']);
  expect(commandOf(shipped, 'mcsg_delete_cluster', {}).missing).toEqual(['cluster']);
  const templates = texts.filter(([, text]) => text.includes('cmdeleteconf'));
  expect(templates.map(([id]) => id)).toEqual(['mcsg_delete_package', 'mcsg_delete_cluster']);
  for (const [id] of templates) expect(dialogOf(shipped, id).confirm!.level, id).toBe('type');
});

test('E12: no full stop stands behind the name of a template', () => {
  expect(run('mcsg_makepkg_conf', { file: '/etc/cmcluster/pkg1/pkg1.conf' })).toBe(
    'cmmakepkg -p /etc/cmcluster/pkg1/pkg1.conf',
  );
  for (const id of ['mcsg_makepkg_conf', 'mcsg_makepkg_script', 'mcsg_makepkg', 'mcsg_makepkg_upgrade'])
    expect([id, fieldSays(id, 'file', '/etc/cmcluster/pkg1/pkg1.conf.')]).toEqual([id, expect.any(String)]);
  expect(fieldSays('mcsg_makepkg_conf', 'file', '/etc/cmcluster/pkg1/pkg1.conf')).toBeUndefined();
});

test('E13: the function in /etc/lvmrc is custom_vg_activation()', () => {
  const { help } = dialogOf(shipped, 'mcsg_lvmrc');
  expect(help).toContain('custom_vg_activation()');
  expect(notes('mcsg_lvmrc')).toContain('custom_vg_activate in one place; that name does not exist');
});

test('E14: the key is NODE_FAIL_FAST_ENABLED', () => {
  const told = ours.map(panel => JSON.stringify(panel)).join('\n');
  expect(told.match(/NODE_FAIL_FAST\b(?!_ENABLED)/g)).toBeNull();
  expect(pageOf('mcsg_toc')).toContain('NODE_FAIL_FAST_ENABLED YES');
});

test('E15: the number of a volume group is two digits that are typed, and there is no comment behind', () => {
  const typed = { vg: 'vg01', minor: '05', directory: '/tmp' };
  expect(run('mcsg_vg_import', typed)).toContain('mknod /dev/vg01/group c 64 0x050000 &&');
  expect(run('mcsg_vg_import', { ...typed, major: 'LVM 2' })).toContain('mknod /dev/vg01/group c 128 0x050000');
  for (const minor of ['#', '5', '0x05', '005', 'xy'])
    expect([minor, fieldSays('mcsg_vg_import', 'minor', minor)]).toEqual([minor, expect.any(String)]);
  expect(having(/\/\/ ?[A-Z]/)).toEqual([]);
});

test('E16: export and import both use -s, and never the names of the disks of the first node', () => {
  expect(run('mcsg_vg_map', { vg: 'vg01', directory: '/tmp' })).toContain('vgexport -p -s -m /tmp/vg01.map vg01');
  expect(run('mcsg_vg_import', { vg: 'vg01', minor: '05', directory: '/tmp' })).toContain(
    'vgimport -s -m /tmp/vg01.map vg01',
  );
  expect(having(/vgimport (?!-s)/)).toEqual([]);
  // Without -p, vgexport stands in the import alone, behind the look whether the volume group is active.
  expect(having(/vgexport (?!-p)/)).toEqual(['mcsg_vg_import']);
  expect(run('mcsg_vg_import', { vg: 'vg01', minor: '05' })).toMatch(
    /^if vgdisplay vg01 [\s\S]*exit 1; fi\n[\s\S]*vgexport/,
  );
});

test('E17: two files are copied by their names, with scp', () => {
  expect(run('mcsg_vg_map', { vg: 'vg01', directory: '/tmp', nodes: ['b'] })).toContain(
    'scp -p /tmp/vg01.map /tmp/vg01.disks "$node":/tmp',
  );
  expect(having(/\brcp\b/)).toEqual([]);
});

test('E18: the merged file is the one that is checked and applied, and the query goes into a file of its own', () => {
  expect(run('mcsg_query_extend', { cluster: 'c', file: '/generic', nodes: ['a', 'b'] })).toBe(
    'cmquerycl -v -c c -C /generic -n a -n b',
  );
  expect(pageOf('mcsg_checklists')).toContain('merge the two into a third; check and apply that one');
  const typed = { file: '/merged' };
  const { preview } = dialogOf(shipped, 'mcsg_apply');
  expect(besideOf(shipped, 'mcsg_apply', preview!, typed).text).toBe('cmcheckconf -C /merged');
  expect(run('mcsg_apply', typed)).toBe('cmapplyconf -f -v -C /merged');
});

test('E19: a node is removed by one request that applies the package files too', () => {
  expect(run('mcsg_apply', { file: '/c', packages: ['/p1', '/p2'] })).toBe('cmapplyconf -f -v -C /c -P /p1 -P /p2');
  expect(pageOf('mcsg_checklists')).toContain('every package file; check and apply all of these files in one go');
  expect(dialogOf(shipped, 'mcsg_apply').help).toContain('in one go');
});

test('E20: a cluster that is removed is deleted from the nodes', () => {
  expect(pageOf('mcsg_checklists')).toMatch(/Remove a cluster: save; halt; .*delete the cluster/);
  expect(notes('mcsg_delete_cluster')).toContain('do not delete the configuration');
});

test('E21: after a configuration was applied, the cluster is run', () => {
  for (const task of ['Create a cluster', 'Remove a serial heartbeat', 'Build a cluster anew'])
    expect(pageOf('mcsg_checklists')).toMatch(new RegExp(`${task}: .*apply; .*run the cluster`));
  expect(notes('mcsg_apply')).toContain('Run the Cluster comes next');
});

test('E22: cmscancl writes on the screen or into a file', () => {
  expect(run('mcsg_scancl', {})).toBe('cmscancl -s');
  expect(run('mcsg_scancl_file', { file: '/f' })).toBe('( umask 077; cmscancl -o /f )');
  expect(texts.filter(([, text]) => /cmscancl.* -s\b/.test(text) && /cmscancl.* -o\b/.test(text))).toEqual([]);
});

test('E23: AUTOSTART_CMCLD stands in /etc/rc.config.d/cmcluster', () => {
  const file = dialogOf(shipped, 'mcsg_autostart').fields.find(field => field.name === 'file')!;
  expect(file.default).toBe('/etc/rc.config.d/cmcluster');
  expect(dialogOf(shipped, 'mcsg_autostart').edits![0]!.args.line!.source).toBe('AUTOSTART_CMCLD={{value}}');
});

test('E24: killing cmcld is no cure: it comes last, says that the node resets, and wants its name typed', () => {
  expect(having(/\bkill\b/)).toEqual(['mcsg_hung_kill']);
  const { confirm, help } = dialogOf(shipped, 'mcsg_hung_kill');
  expect([confirm!.level, confirm!.object.source]).toEqual(['type', '{{node}}']);
  expect(confirm!.effect.source).toContain('RESETS AT ONCE');
  expect(help).toContain('TOC');
  const menu = shipped.panels.get('mcsg_hung_menu')!;
  const order = menu.kind === 'menu' ? menu.items.map(item => item.panel) : [];
  expect(order).toEqual(['mcsg_hung', 'mcsg_cluster_halt', 'mcsg_hung_join', 'mcsg_hung_reboot', 'mcsg_hung_kill']);
  expect(dialogOf(shipped, 'mcsg_hung_reboot').confirm!.level).toBe('type');
});

test('E25: the key for a serial line is SERIAL_DEVICE_FILE', () => {
  expect(run('mcsg_serial_left', { cluster: 'c' })).toContain('SERIAL_DEVICE_FILE');
  expect(pageOf('mcsg_serial')).toContain('SERIAL_DEVICE_FILE');
  expect(pageOf('mcsg_checklists')).toContain('remove the SERIAL_DEVICE_FILE lines');
});

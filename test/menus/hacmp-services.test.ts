/** Cluster Services, Cluster System Management (C-SPOC) and Cluster Recovery Aids: what each panel runs, to the letter. */
import { expect, test } from 'vitest';
import type { Values } from '../../src/panel/types.ts';
import { commandText, dialogsBelow } from './hacmp-system.ts';
import { readShipped } from './panels.ts';

const shipped = await readShipped();

const down = { clstrmgr: 'inoperative', resolves: 'yes, sp2n05' };
const up = { clstrmgr: 'active' };
const three = { members: ['sp2n01', 'sp2n05', 'sp2n07'] };
const two = { nodes: ['sp2n05', 'sp2n07'] };
const start = '/usr/sbin/cluster/etc/rc.cluster -boot';
const stop = '/usr/sbin/cluster/utilities/clstop';

/** Fast path, what is typed, what discover had found, the command, and the site's values where they matter. */
const commands: [id: string, typed: Values, discovered: Values, command: string, site?: Values][] = [
  // Start Cluster Services
  ['clstart', {}, down, `${start} -N`],
  ['clstart', { at: 'restart' }, { ...down, ...up }, `${start} -R`],
  ['clstart', { at: 'both', broadcast: 'true', clinfo: 'true' }, down, `${start} -b -i -B`],
  ['clstart', { clinfo: 'with traps' }, down, `${start} -I -N`],

  // Stop Cluster Services
  ['clstop', {}, up, `${stop} -g -y -N`],
  ['clstop', { mode: 'graceful with takeover', broadcast: 'false' }, up, `${stop} -gr -s -y -N`],
  ['clstop', { at: 'restart' }, down, `${stop} -g -y -R`],
  ['clstop', { at: 'both' }, up, `${stop} -g -y -B`],

  // Show Cluster Services
  ['cl_show_services', {}, {}, 'lssrc -g cluster; lssrc -s topsvcs; lssrc -s grpsvcs; lssrc -a | grep clinfo'],

  // C-SPOC. What follows -cspoc is one argument.
  ['cl_services_start', two, three, 'cl_rc.cluster -cspoc "-n "sp2n05,sp2n07 -boot -N'],
  [
    'cl_services_start',
    { ...two, at: 'both', broadcast: 'true', clinfo: 'true' },
    three,
    'cl_rc.cluster -cspoc "-n "sp2n05,sp2n07 -boot -b -i -B',
  ],
  ['cl_services_stop', two, three, 'cl_clstop -cspoc "-n "sp2n05,sp2n07 -g -y -N'],
  [
    'cl_services_stop',
    { nodes: ['sp2n05'], mode: 'graceful with takeover', broadcast: 'false' },
    three,
    'cl_clstop -cspoc "-n "sp2n05 -gr -s -y -N',
  ],

  // Cluster Users & Groups
  ['cl_user_list', {}, {}, "cl_lsuser -f -a 'id pgrp groups home' ALL"],
  [
    'cl_user_add',
    { ...two, name: 'oracle', id: '200' },
    three,
    'cl_nodecmd -cspoc "-n "sp2n05,sp2n07 mkuser id=200 oracle',
  ],
  [
    'cl_user_add',
    { ...two, name: 'oracle', id: '200', pgrp: 'dba', groups: ['dba', 'staff'], home: '/home/oracle' },
    three,
    'cl_nodecmd -cspoc "-n "sp2n05,sp2n07 mkuser id=200 pgrp=dba groups=dba,staff home=/home/oracle oracle',
  ],
  [
    'cl_user_change',
    { ...two, name: 'oracle', home: '/db/home' },
    three,
    'cl_nodecmd -cspoc "-n "sp2n05,sp2n07 chuser home=/db/home oracle',
  ],
  ['cl_user_remove', { ...two, name: 'oracle' }, three, 'cl_nodecmd -cspoc "-n "sp2n05,sp2n07 rmuser -p oracle'],
  [
    'cl_user_remove',
    { ...two, name: 'oracle', password: 'no' },
    three,
    'cl_nodecmd -cspoc "-n "sp2n05,sp2n07 rmuser oracle',
  ],
  ['cl_group_list', { name: 'dba' }, {}, 'cl_lsgroup dba'],
  [
    'cl_group_add',
    { ...two, name: 'dba', id: '201', users: ['oracle', 'root'] },
    three,
    'cl_nodecmd -cspoc "-n "sp2n05,sp2n07 mkgroup id=201 users=oracle,root dba',
  ],
  [
    'cl_group_change',
    { ...two, name: 'dba', users: ['oracle'] },
    three,
    'cl_nodecmd -cspoc "-n "sp2n05,sp2n07 chgroup users=oracle dba',
  ],
  ['cl_group_remove', { ...two, name: 'dba' }, three, 'cl_nodecmd -cspoc "-n "sp2n05,sp2n07 rmgroup dba'],

  // Cluster Logical Volume Manager
  ['cl_vg_list', {}, {}, 'cl_ls_shared_vgs'],
  ['cl_vg_show', { ...two, vg: 'dbvg' }, three, 'cl_nodecmd -cspoc "-n "sp2n05,sp2n07 lsvg -l dbvg'],
  ['cl_vg_update', { vg: 'dbvg' }, three, 'cl_updatevg dbvg'],
  ['cl_vg_smit', {}, {}, 'smitty cl_admin'],

  // Cluster Recovery Aids
  ['cm_recover_script', { node: 'sp2n05', repaired: 'yes' }, {}, '/usr/sbin/cluster/utilities/clruncmd sp2n05'],
  [
    'cm_recover_script',
    { node: 'sp2n05', repaired: 'yes', cancel: 'yes' },
    {},
    '/usr/sbin/cluster/utilities/clruncmd -c sp2n05',
    { hacmp_release: '7.2' },
  ],
  ['cm_release_locks', {}, {}, 'cldare -u'],
];

test.each(commands)('%s with %j over %j is: %s', (id, typed, discovered, command, site = {}) => {
  expect(commandText(shipped, id, typed, discovered, site)).toBe(command);
});

test('every dialog of services, C-SPOC and recovery aids stands in the table', () => {
  expect(dialogsBelow(shipped, 'cl_services_menu', 'cl_admin', 'cm_rec_aids')).toEqual(
    [...new Set(commands.map(([id]) => id))].sort(),
  );
});

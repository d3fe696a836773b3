/**
 * The panels of Pacemaker: what each one runs, to the letter, by pcs, by crm and by Pacemaker's own commands. pcmk-real.test.ts runs them with
 * Debian's tools on a CIB in a file.
 */
import { expect, test } from 'vitest';
import type { Values } from '../../src/panel/types.ts';
import { checkValue } from '../../src/validate/field.ts';
import { commandOf, complaintTexts, dialogOf, failedChecks, readShipped, selectorOf } from './panels.ts';

const shipped = await readShipped();

/** Fast path, what is typed, and the command. The other values are the panel's own first values. */
const commands: [id: string, typed: Values, command: string][] = [
  // Status
  ['pcmk_page', {}, 'crm_mon --output-as=xml | hasmit format crm-mon'],
  ['pcmk_mon', {}, 'crm_mon -1 -r'],
  ['pcmk_mon', { inactive: 'no', by_node: 'yes', failcounts: 'yes' }, 'crm_mon -1 -n -f'],
  ['pcmk_mon_xml', {}, 'crm_mon --output-as=xml'],
  ['pcmk_status_pcs', {}, 'pcs status'],
  ['pcmk_status_pcs', { full: 'yes' }, 'pcs status --full'],
  ['pcmk_status_xml_pcs', {}, 'pcs status xml'],
  ['pcmk_status_nodes_pcs', {}, 'pcs status nodes'],
  ['pcmk_status_crm', {}, 'crm status'],
  ['pcmk_resource_list', {}, 'crm_resource --list'],
  ['pcmk_resource_list', { form: 'names' }, 'crm_resource --list-raw'],
  ['pcmk_resource_list_pcs', {}, 'pcs resource status'],
  ['pcmk_resource_list_pcs', { resource: 'db' }, 'pcs resource status db'],
  ['pcmk_resource_list_crm', {}, 'crm resource status'],
  ['pcmk_resource_list_crm', { resource: 'db' }, 'crm resource status db'],
  ['pcmk_resource_config_pcs', {}, 'pcs resource config --output-format text'],
  ['pcmk_resource_config_pcs', { resource: 'db', form: 'json' }, 'pcs resource config --output-format json db'],
  ['pcmk_resource_where', { resource: 'db' }, 'crm_resource -W -r db'],
  ['pcmk_error', {}, 'crm_error --exit -- 102'],
  ['pcmk_report_pcs', {}, 'pcs cluster report /root/pcmk-report'],
  [
    'pcmk_report_pcs',
    { since: '2026-11-20 08:00:00', to: '2026-11-20 09:00:00' },
    "pcs cluster report --from '2026-11-20 08:00:00' --to '2026-11-20 09:00:00' /root/pcmk-report",
  ],
  ['pcmk_report_crm', {}, 'crm report -f 12:00 /root/pcmk-report'],
  [
    'pcmk_report_crm',
    { since: '2026-11-20 08:00:00', to: '2026-11-20 09:00:00' },
    "crm report -f '2026-11-20 08:00:00' -t '2026-11-20 09:00:00' /root/pcmk-report",
  ],

  // Nodes
  ['pcmk_node_show_crm', {}, 'crm node show'],
  ['pcmk_node_attributes_pcs', {}, 'pcs node attribute'],
  ['pcmk_node_standby_pcs', { node: 'node1' }, 'pcs node standby node1'],
  ['pcmk_node_standby_crm', { node: 'node1' }, 'crm node standby node1'],
  ['pcmk_node_standby_own', { node: 'node1' }, 'crm_standby -N node1 -v on'],
  ['pcmk_node_unstandby_pcs', { node: 'node1' }, 'pcs node unstandby node1'],
  ['pcmk_node_unstandby_crm', { node: 'node1' }, 'crm node online node1'],
  ['pcmk_node_unstandby_own', { node: 'node1' }, 'crm_standby -N node1 -D'],
  ['pcmk_node_maintenance_pcs', { node: 'node1' }, 'pcs node maintenance node1'],
  ['pcmk_node_maintenance_crm', { node: 'node1' }, 'crm node maintenance node1'],
  ['pcmk_node_maintenance_own', { node: 'node1' }, 'crm_attribute -N node1 -n maintenance -v true -l forever'],
  ['pcmk_node_ready_pcs', { node: 'node1' }, 'pcs node unmaintenance node1'],
  ['pcmk_node_ready_crm', { node: 'node1' }, 'crm node ready node1'],
  ['pcmk_node_ready_own', { node: 'node1' }, 'crm_attribute -N node1 -n maintenance -D'],
  ['pcmk_node_start_pcs', { node: 'node1' }, 'pcs cluster start node1'],
  ['pcmk_node_start_crm', { node: 'node1' }, 'crm cluster start node1'],
  ['pcmk_node_stop_pcs', { node: 'node1' }, 'pcs cluster stop node1'],
  ['pcmk_node_stop_pcs', { node: 'node1', force: 'yes' }, 'pcs cluster stop node1 --force'],
  ['pcmk_node_stop_crm', { node: 'node1' }, 'crm cluster stop node1'],

  // Resources
  ['pcmk_resource_start_pcs', { resource: 'db' }, 'pcs resource enable db'],
  ['pcmk_resource_start_pcs', { resource: 'db', wait: '60' }, 'pcs resource enable db --wait=60'],
  ['pcmk_resource_start_crm', { resource: 'db' }, 'crm resource start db'],
  ['pcmk_resource_start_own', { resource: 'db' }, 'crm_resource -r db --meta -p target-role -v Started'],
  ['pcmk_resource_stop_pcs', { resource: 'db' }, 'pcs resource disable db'],
  ['pcmk_resource_stop_pcs', { resource: 'db', wait: '60' }, 'pcs resource disable db --wait=60'],
  ['pcmk_resource_stop_crm', { resource: 'db' }, 'crm resource stop db'],
  ['pcmk_resource_stop_own', { resource: 'db' }, 'crm_resource -r db --meta -p target-role -v Stopped'],
  ['pcmk_resource_stop_safe_pcs', { resource: 'db' }, 'pcs resource disable db --safe'],
  ['pcmk_resource_stop_simulate_pcs', { resource: 'db' }, 'pcs resource disable db --simulate'],
  ['pcmk_resource_stop_simulate_pcs', { resource: 'db', brief: 'yes' }, 'pcs resource disable db --simulate --brief'],
  ['pcmk_resource_move_pcs', { resource: 'db', node: 'node1' }, 'pcs resource move db node1'],
  ['pcmk_resource_move_pcs', { resource: 'db', node: 'node1', strict: 'yes' }, 'pcs resource move db node1 --strict'],
  ['pcmk_resource_move_crm', { resource: 'db', node: 'node1' }, 'crm resource move db node1'],
  ['pcmk_resource_move_own', { resource: 'db', node: 'node1' }, 'crm_resource -r db --move -N node1'],
  [
    'pcmk_resource_move_constraint_pcs',
    { resource: 'db', node: 'node1' },
    'pcs resource move-with-constraint db node1',
  ],
  [
    'pcmk_resource_move_clear_crm',
    { resource: 'db', node: 'node1' },
    'crm resource move db node1 && crm_resource --wait --timeout=600 && crm resource clear db',
  ],
  [
    'pcmk_resource_move_clear_crm',
    { resource: 'db', node: 'node1', wait: '60' },
    'crm resource move db node1 && crm_resource --wait --timeout=60 && crm resource clear db',
  ],
  ['pcmk_resource_ban_pcs', { resource: 'db', node: 'node1' }, 'pcs resource ban db node1'],
  ['pcmk_resource_ban_crm', { resource: 'db', node: 'node1' }, 'crm resource ban db node1'],
  ['pcmk_resource_ban_own', { resource: 'db', node: 'node1' }, 'crm_resource -r db --ban -N node1'],
  ['pcmk_resource_clear_pcs', { resource: 'db' }, 'pcs resource clear db'],
  ['pcmk_resource_clear_crm', { resource: 'db' }, 'crm resource clear db'],
  ['pcmk_resource_clear_own', { resource: 'db' }, 'crm_resource -r db --clear'],
  ['pcmk_resource_cleanup_pcs', { resource: 'db' }, 'pcs resource cleanup db'],
  ['pcmk_resource_cleanup_pcs', { resource: 'db', node: 'node1' }, 'pcs resource cleanup db node=node1'],
  ['pcmk_resource_cleanup_crm', { resource: 'db' }, 'crm resource cleanup db'],
  ['pcmk_resource_cleanup_crm', { resource: 'db', node: 'node1' }, 'crm resource cleanup db node1'],
  ['pcmk_resource_cleanup_own', { resource: 'db' }, 'crm_resource --cleanup -r db'],
  ['pcmk_resource_cleanup_own', { resource: 'db', node: 'node1' }, 'crm_resource --cleanup -r db -N node1'],
  ['pcmk_resource_failures_pcs', { resource: 'db' }, 'pcs resource failcount show db'],
  ['pcmk_resource_failures_crm', { resource: 'db', node: 'node1' }, 'crm resource failcount db show node1'],
  ['pcmk_resource_failures_own', { resource: 'db', node: 'node1' }, 'crm_failcount -G -r db -N node1'],
  ['pcmk_resource_unmanage_pcs', { resource: 'db' }, 'pcs resource unmanage db'],
  ['pcmk_resource_unmanage_crm', { resource: 'db' }, 'crm resource unmanage db'],
  ['pcmk_resource_unmanage_own', { resource: 'db' }, 'crm_resource -r db --meta -p is-managed -v false'],
  ['pcmk_resource_manage_pcs', { resource: 'db' }, 'pcs resource manage db'],
  ['pcmk_resource_manage_crm', { resource: 'db' }, 'crm resource manage db'],
  ['pcmk_resource_manage_own', { resource: 'db' }, 'crm_resource -r db --meta -p is-managed -v true'],
  ['pcmk_resource_maintenance_crm', { resource: 'db' }, 'crm resource maintenance db on'],
  ['pcmk_resource_maintenance_crm', { resource: 'db', state: 'off' }, 'crm resource maintenance db off'],
  ['pcmk_agent_pcs', { agent: 'ocf:heartbeat:apache' }, 'pcs resource describe ocf:heartbeat:apache'],
  ['pcmk_agent_crm', { agent: 'ocf:heartbeat:apache' }, 'crm ra info ocf:heartbeat:apache'],
  [
    'pcmk_resource_create_pcs',
    { id: 'web', agent: 'ocf:heartbeat:apache' },
    'pcs resource create web ocf:heartbeat:apache op monitor interval=10s',
  ],
  [
    'pcmk_resource_create_pcs',
    {
      id: 'web',
      agent: 'ocf:heartbeat:apache',
      params: ['configfile=/etc/httpd/conf/httpd.conf', 'port=80'],
      group: 'g1',
    },
    'pcs resource create web ocf:heartbeat:apache configfile=/etc/httpd/conf/httpd.conf port=80 op monitor interval=10s --group g1',
  ],
  [
    'pcmk_resource_create_crm',
    { id: 'web', agent: 'ocf:heartbeat:apache' },
    'crm configure primitive web ocf:heartbeat:apache op monitor interval=10s',
  ],
  [
    'pcmk_resource_create_crm',
    { id: 'web', agent: 'ocf:heartbeat:apache', params: ['configfile=/etc/httpd/conf/httpd.conf', 'port=80'] },
    'crm configure primitive web ocf:heartbeat:apache params configfile=/etc/httpd/conf/httpd.conf params port=80 op monitor interval=10s',
  ],
  ['pcmk_group_pcs', { group: 'g1', members: ['vip', 'web'] }, 'pcs resource group add g1 vip web'],
  ['pcmk_group_crm', { group: 'g1', members: ['vip', 'web'] }, 'crm configure group g1 vip web'],
  ['pcmk_resource_delete_pcs', { resource: 'db' }, 'pcs resource delete db'],
  ['pcmk_resource_delete_crm', { resource: 'db' }, 'crm configure delete db'],

  // Constraints
  ['pcmk_constraint_show_pcs', {}, 'pcs constraint config --full'],
  ['pcmk_constraint_show_crm', {}, 'crm configure show type:location'],
  ['pcmk_constraint_show_crm', { kind: 'colocation' }, 'crm configure show type:colocation'],
  ['pcmk_constraint_show', {}, 'cibadmin -Q -o constraints'],
  ['pcmk_constraint_resource', { resource: 'db' }, 'crm_resource --constraints -r db'],
  [
    'pcmk_left_behind',
    {},
    "all=$(cibadmin -Q -o constraints) || exit\nprintf '%s\\n' \"$all\" | grep -e 'id=\"cli-' || echo 'Nothing is left behind.'",
  ],
  ['pcmk_constraint_remove_pcs', { constraint: 'cli-prefer-db' }, 'pcs constraint delete cli-prefer-db'],
  ['pcmk_constraint_remove_crm', { constraint: 'cli-prefer-db' }, 'crm configure delete cli-prefer-db'],
  [
    'pcmk_constraint_remove_own',
    { constraint: 'cli-prefer-db' },
    `cibadmin -D -X '<rsc_location id="'cli-prefer-db'"/>'`,
  ],
  ['pcmk_constraint_delete_pcs', { constraint: 'cli-prefer-db' }, 'pcs constraint delete cli-prefer-db'],
  ['pcmk_constraint_delete_crm', { constraint: 'cli-prefer-db' }, 'crm configure delete cli-prefer-db'],
  ['pcmk_location_pcs', { resource: 'db', node: 'node1' }, 'pcs constraint location db prefers node1=100'],
  ['pcmk_location_crm', { id: 'web', resource: 'db', node: 'node1' }, 'crm configure location web db 100: node1'],

  // Cluster
  ['pcmk_cluster_start_pcs', {}, 'pcs cluster start --all --wait'],
  ['pcmk_cluster_start_pcs', { wait: 'no' }, 'pcs cluster start --all'],
  ['pcmk_cluster_start_crm', {}, 'crm cluster start --all'],
  ['pcmk_cluster_stop_pcs', {}, 'pcs cluster stop --all'],
  ['pcmk_cluster_stop_crm', {}, 'crm cluster stop --all'],
  ['pcmk_cluster_enable_pcs', {}, 'pcs cluster enable --all'],
  ['pcmk_cluster_enable_pcs', { all: 'no' }, 'pcs cluster enable'],
  ['pcmk_cluster_enable_crm', {}, 'crm cluster enable --all'],
  ['pcmk_cluster_enable_crm', { all: 'no' }, 'crm cluster enable'],
  ['pcmk_cluster_disable_pcs', {}, 'pcs cluster disable --all'],
  ['pcmk_cluster_disable_pcs', { all: 'no' }, 'pcs cluster disable'],
  ['pcmk_cluster_disable_crm', {}, 'crm cluster disable --all'],
  ['pcmk_cluster_disable_crm', { all: 'no' }, 'crm cluster disable'],
  ['pcmk_host_auth', { nodes: ['node1', 'node2'] }, 'pcs host auth node1 node2 -u hacluster'],
  ['pcmk_cluster_setup_pcs', { name: 'demo', nodes: ['node1', 'node2'] }, 'pcs cluster setup demo node1 node2'],
  [
    'pcmk_cluster_setup_pcs',
    { name: 'demo', nodes: ['node1', 'node2'], start: 'yes', enable: 'yes' },
    'pcs cluster setup demo node1 node2 --start --enable',
  ],
  [
    'pcmk_cluster_setup_file_pcs',
    { name: 'demo', node1: 'node1', addr1: '10.0.0.1', node2: 'node2', addr2: '10.0.0.2' },
    'pcs cluster setup demo node1 addr=10.0.0.1 node2 addr=10.0.0.2 --corosync_conf /root/corosync.conf',
  ],
  [
    'pcmk_cluster_setup_file_pcs',
    { name: 'demo', node1: 'node1', addr1: '10.0.0.1', node2: 'node2', addr2: '10.0.0.2', file: '/root/cib.xml' },
    'pcs cluster setup demo node1 addr=10.0.0.1 node2 addr=10.0.0.2 --corosync_conf /root/cib.xml',
  ],
  ['pcmk_cluster_config_pcs', {}, 'pcs cluster config show --output-format text'],
  [
    'pcmk_cluster_config_pcs',
    { form: 'json', file: '/root/cib.xml' },
    'pcs cluster config show --output-format json --corosync_conf /root/cib.xml',
  ],
  ['pcmk_cluster_setup_crm', { name: 'demo' }, 'crm cluster init -y -n demo'],
  ['pcmk_cluster_setup_crm', { name: 'demo', interface: 'eth0' }, 'crm cluster init -y -n demo -i eth0'],
  ['pcmk_node_add_pcs', { node: 'node1' }, 'pcs cluster node add node1'],
  ['pcmk_node_join_crm', { existing: 'node1' }, 'crm cluster join -c node1'],
  ['pcmk_node_remove_pcs', { node: 'node1' }, 'pcs cluster node remove node1'],
  ['pcmk_node_remove_crm', { node: 'node1' }, 'crm cluster remove -y node1'],
  [
    'pcmk_cluster_destroy_pcs',
    { cluster: 'demo' },
    'pcs cluster config show | grep -x -F -e "Cluster Name: "demo && pcs cluster destroy --all --force',
  ],
  [
    'pcmk_cluster_destroy_pcs',
    { cluster: 'demo', all: 'no' },
    'pcs cluster config show | grep -x -F -e "Cluster Name: "demo && pcs cluster destroy --force',
  ],
  ['pcmk_cluster_destroy_crm', { node: 'node1' }, 'crm cluster remove -y -F node1'],
  ['pcmk_cluster_sync_pcs', {}, 'pcs cluster sync'],
  ['pcmk_copy_crm', { file: '/root/cib.xml' }, 'crm cluster copy /root/cib.xml'],
  ['pcmk_diff_crm', {}, 'crm cluster diff /etc/corosync/corosync.conf'],
  ['pcmk_diff_crm', { file: '/root/cib.xml' }, 'crm cluster diff /root/cib.xml'],
  ['pcmk_run_crm', { command: 'uptime' }, 'crm cluster run uptime'],

  // Properties and Maintenance
  ['pcmk_maintenance_on_pcs', {}, 'pcs property set maintenance-mode=true'],
  ['pcmk_maintenance_on_crm', {}, 'crm configure property maintenance-mode=true'],
  ['pcmk_maintenance_on_level_crm', {}, 'crm maintenance on'],
  ['pcmk_maintenance_on', {}, 'crm_attribute -n maintenance-mode -v true'],
  ['pcmk_maintenance_off_pcs', {}, 'pcs property set maintenance-mode=false'],
  ['pcmk_maintenance_off_crm', {}, 'crm configure property maintenance-mode=false'],
  ['pcmk_maintenance_off_level_crm', {}, 'crm maintenance off'],
  ['pcmk_maintenance_off', {}, 'crm_attribute -n maintenance-mode -v false'],
  ['pcmk_property_show_pcs', {}, 'pcs property config'],
  ['pcmk_property_show_pcs', { all: 'yes' }, 'pcs property config --all'],
  ['pcmk_property_show_crm', {}, 'crm configure show type:property'],
  ['pcmk_property_get', { property: 'no-quorum-policy' }, 'crm_attribute -n no-quorum-policy -G -q'],
  [
    'pcmk_property_set_pcs',
    { property: 'no-quorum-policy', value: 'freeze' },
    'pcs property set no-quorum-policy=freeze',
  ],
  [
    'pcmk_property_set_crm',
    { property: 'no-quorum-policy', value: 'freeze' },
    'crm configure property no-quorum-policy=freeze',
  ],
  [
    'pcmk_property_set_own',
    { property: 'no-quorum-policy', value: 'freeze' },
    'crm_attribute -n no-quorum-policy -v freeze',
  ],
  ['pcmk_property_unset', { property: 'no-quorum-policy' }, 'crm_attribute -n no-quorum-policy -D'],

  // Fencing (STONITH)
  ['pcmk_stonith_status_pcs', {}, 'pcs stonith status'],
  ['pcmk_stonith_config_pcs', {}, 'pcs stonith config'],
  ['pcmk_stonith_config_pcs', { device: 'fence1' }, 'pcs stonith config fence1'],
  ['pcmk_stonith_agents', {}, 'stonith_admin -I'],
  ['pcmk_stonith_devices', {}, 'stonith_admin -L'],
  ['pcmk_stonith_history', {}, "stonith_admin --history='*' --verbose"],
  ['pcmk_stonith_history_pcs', {}, 'pcs stonith history show'],
  ['pcmk_stonith_history_pcs', { node: 'node1' }, 'pcs stonith history show node1'],
  ['pcmk_fence_pcs', { node: 'node1' }, 'pcs stonith fence node1'],
  ['pcmk_fence_crm', { node: 'node1' }, 'crm -F node fence node1'],
  ['pcmk_fence', { node: 'node1' }, 'stonith_admin --reboot=node1'],
  ['pcmk_fence_confirm_pcs', { node: 'node1' }, 'pcs stonith confirm node1 --force'],
  ['pcmk_fence_confirm_crm', { node: 'node1' }, 'crm -F node clearstate node1'],
  ['pcmk_fence_confirm', { node: 'node1' }, 'stonith_admin --confirm=node1'],

  // Simulate and Verify
  ['pcmk_verify', {}, 'crm_verify -L -V'],
  ['pcmk_verify_file', { file: '/root/cib.xml' }, 'crm_verify -V -x /root/cib.xml'],
  ['pcmk_verify_pcs', {}, 'pcs cluster verify --full'],
  ['pcmk_verify_pcs', { full: 'no' }, 'pcs cluster verify'],
  ['pcmk_verify_file_pcs', { file: '/root/cib.xml' }, 'pcs cluster verify --full -f /root/cib.xml'],
  ['pcmk_verify_crm', {}, 'crm configure verify'],
  ['pcmk_simulate_now', {}, 'crm_simulate -L -S'],
  ['pcmk_simulate_now', { scores: 'yes' }, 'crm_simulate -L -S -s'],
  ['pcmk_simulate_node', { node: 'node1' }, 'crm_simulate -L -S --node-down node1'],
  ['pcmk_simulate_node', { node: 'node1', how: 'comes up' }, 'crm_simulate -L -S --node-up node1'],
  ['pcmk_simulate_crm', {}, 'crm configure ptest nograph'],
  ['pcmk_simulate_file', { file: '/root/cib.xml' }, 'crm_simulate -x /root/cib.xml -S'],
  ['pcmk_simulate_file', { file: '/root/cib.xml', scores: 'yes' }, 'crm_simulate -x /root/cib.xml -S -s'],

  // Configuration: Dump and Restore
  ['pcmk_config_pcs', {}, 'pcs config'],
  ['pcmk_config_crm', {}, 'crm configure show'],
  ['pcmk_cib_show', {}, 'cibadmin -Q'],
  ['pcmk_cib_show', { scope: 'status' }, 'cibadmin -Q -o status'],
  [
    'pcmk_cib_dump',
    {},
    'test ! -e /root/cib.xml || { echo "The file is there already. Choose another name."; exit 1; }\numask 077 && cibadmin -Q >/root/cib.xml',
  ],
  [
    'pcmk_cib_dump',
    { file: '/root/cib.xml' },
    'test ! -e /root/cib.xml || { echo "The file is there already. Choose another name."; exit 1; }\numask 077 && cibadmin -Q >/root/cib.xml',
  ],
  [
    'pcmk_cib_dump_pcs',
    {},
    'test ! -e /root/cib.xml || { echo "The file is there already. Choose another name."; exit 1; }\numask 077 && pcs cluster cib /root/cib.xml',
  ],
  [
    'pcmk_cib_dump_pcs',
    { file: '/root/cib.xml', config: 'yes' },
    'test ! -e /root/cib.xml || { echo "The file is there already. Choose another name."; exit 1; }\numask 077 && pcs cluster cib /root/cib.xml --config',
  ],
  [
    'pcmk_cib_dump_crm',
    {},
    'test ! -e /root/cib.crm || { echo "The file is there already. Choose another name."; exit 1; }\numask 077 && crm configure save /root/cib.crm',
  ],
  [
    'pcmk_cib_dump_crm',
    { file: '/root/cib.xml' },
    'test ! -e /root/cib.xml || { echo "The file is there already. Choose another name."; exit 1; }\numask 077 && crm configure save /root/cib.xml',
  ],
  ['pcmk_config_backup_pcs', {}, 'umask 077 && pcs config backup /root/pcs-backup'],
  ['pcmk_config_backup_pcs', { file: '/root/cib.xml' }, 'umask 077 && pcs config backup /root/cib.xml'],
  [
    'pcmk_cib_restore',
    { file: '/root/cib.xml' },
    'test ! -e /root/cib-before.xml || { echo "The file for the old configuration is there already. Choose another name."; exit 1; }\numask 077 && cibadmin -Q >/root/cib-before.xml && cibadmin --replace -o configuration --xml-file /root/cib.xml',
  ],
  [
    'pcmk_cib_push_pcs',
    { file: '/root/cib.xml' },
    'test ! -e /root/cib-before.xml || { echo "The file for the old configuration is there already. Choose another name."; exit 1; }\numask 077 && pcs cluster cib /root/cib-before.xml && pcs cluster cib-push /root/cib.xml --config',
  ],
  ['pcmk_cib_update_crm', { file: '/root/cib.xml' }, 'crm configure load update /root/cib.xml'],
  [
    'pcmk_cib_replace_crm',
    { file: '/root/cib.xml' },
    'test ! -e /root/cib-before.crm || { echo "The file for the old configuration is there already. Choose another name."; exit 1; }\numask 077 && crm configure save /root/cib-before.crm && crm configure load replace /root/cib.xml',
  ],
  ['pcmk_config_restore_pcs', { file: '/root/cib.xml' }, 'pcs config restore /root/cib.xml'],
  ['pcmk_config_restore_pcs', { file: '/root/cib.xml', local: 'yes' }, 'pcs config restore --local /root/cib.xml'],
];

test.each(commands)('%s with %o', (id, typed, text) => {
  const command = commandOf(shipped, id, typed);
  expect([command.text, command.missing, command.problem]).toEqual([text, [], undefined]);
});

const panels = [...shipped.panels.values()].filter(panel => panel.product === 'pcmk');

test('every dialog stands in the table', () => {
  const told = new Set(commands.map(([id]) => id));
  expect(panels.filter(panel => panel.kind === 'dialog' && !told.has(panel.id)).map(panel => panel.id)).toEqual([]);
});

test('the panels have no complaints', () => {
  expect(complaintTexts(shipped).filter(text => text.includes('menus/pcmk/'))).toEqual([]);
});

/** The commands of the map in reference 4.1, in the words of pcs and of crm, whatever their arguments. */
const map: [task: string, ...commands: string[]][] = [
  ['make a cluster', 'pcs host auth', 'pcs cluster setup', 'crm cluster init'],
  ['start all', 'pcs cluster start --all', 'crm cluster start --all'],
  ['stop all', 'pcs cluster stop --all', 'crm cluster stop --all'],
  ['start a node', 'pcs cluster start node1', 'crm cluster start node1'],
  ['stop a node', 'pcs cluster stop node1', 'crm cluster stop node1'],
  ['drain a node', 'pcs node standby node1', 'crm node standby node1'],
  ['undo', 'pcs node unstandby node1', 'crm node online node1'],
  ['status', 'pcs status', 'crm status', 'crm_mon -1 -r'],
  ['machine status', 'pcs status xml', 'crm_mon --output-as=xml'],
  ['list resources', 'pcs resource status', 'pcs resource config', 'crm resource status', 'crm_resource --list-raw'],
  ['make a resource', 'pcs resource create', 'crm configure primitive'],
  ['group', 'pcs resource group add', 'crm configure group'],
  ['start a package', 'pcs resource enable', 'crm resource start'],
  ['stop a package', 'pcs resource disable db', 'crm resource stop'],
  ['stop it and nothing else', 'pcs resource disable db --safe'],
  ['move', 'pcs resource move db node1', 'crm resource move db node1'],
  ['forbid a node', 'pcs resource ban', 'crm resource ban'],
  ['drop move and ban', 'pcs resource clear', 'crm resource clear'],
  ['reset failures', 'pcs resource cleanup', 'pcs resource failcount show', 'crm resource cleanup'],
  ['verify', 'pcs cluster verify', 'crm configure verify', 'crm_verify -L -V'],
  ['apply', 'pcs cluster sync', 'crm configure load update'],
  ['dump', 'pcs config', 'crm configure show'],
  ['back up and restore', 'pcs config restore'],
  [
    'maintenance of the cluster',
    'pcs property set maintenance-mode=true',
    'crm configure property maintenance-mode=true',
  ],
  ['maintenance of the cluster, the short way', 'crm maintenance on'],
  ['maintenance of a node', 'pcs node maintenance', 'pcs node unmaintenance', 'crm node maintenance', 'crm node ready'],
  [
    'maintenance of a package',
    'pcs resource unmanage',
    'pcs resource manage',
    'crm resource unmanage',
    'crm resource maintenance',
  ],
  ['add a node', 'pcs cluster node add', 'crm cluster join -c'],
  ['remove a node', 'pcs cluster node remove', 'crm cluster remove -y node1'],
  ['destroy', 'crm cluster remove -y -F'],
  ['preview', 'pcs resource disable db --simulate', 'crm configure ptest', 'crm_simulate -L -S'],
  ['autostart', 'pcs cluster enable', 'pcs cluster disable', 'crm cluster enable', 'crm cluster disable'],
  ['files and commands everywhere', 'crm cluster copy', 'crm cluster diff', 'crm cluster run'],
  ['diagnostics', 'pcs cluster report', 'crm report'],
];

test.each(map)('the map of commands: %s', (_task, ...wanted) => {
  const texts = commands.map(([, , text]) => text);
  expect(wanted.filter(words => !texts.some(text => text.startsWith(words)))).toEqual([]);
});

test('commands of the map that stand behind a guard are there, too', () => {
  const text = (id: string, typed: Values) => commandOf(shipped, id, typed).text;
  expect(text('pcmk_cib_push_pcs', { file: '/root/new.xml' })).toMatch(
    /&& pcs cluster cib-push \/root\/new\.xml --config$/,
  );
  expect(text('pcmk_cib_dump_pcs', {})).toMatch(/^test ! -e .*\n.*&& pcs cluster cib \/root\/cib\.xml$/);
  expect(text('pcmk_cib_dump_crm', {})).toMatch(/&& crm configure save \/root\/cib\.crm$/);
  expect(text('pcmk_cib_replace_crm', { file: '/root/a' })).toMatch(/&& crm configure load replace \/root\/a$/);
  expect(text('pcmk_config_backup_pcs', {})).toBe('umask 077 && pcs config backup /root/pcs-backup');
});

test('a selector leads to pcs, crm and the own commands, and all three say the same in their words', () => {
  const selectors = panels.filter(panel => panel.kind === 'selector').map(panel => selectorOf(shipped, panel.id));
  expect(selectors.length).toBeGreaterThan(15);
  for (const { id, next, field } of selectors) {
    if (typeof next === 'string') throw new Error(`${id} asks nobody`);
    for (const [tool, to] of Object.entries(next.map)) {
      expect(to).toBe(`${id}_${tool}`);
      expect([id, dialogOf(shipped, to).fields[0]?.name]).toEqual([id, field.name]);
    }
  }
});

test('what changes the cluster asks, and what destroys wants the name typed', () => {
  const reads =
    /^(crm_mon|pcs (status|resource (status|config|failcount)|cluster (config|verify)|property config|constraint config|node attribute|stonith (status|config|history)|resource describe|config$)|crm (status|ra info|configure (show|verify|ptest)|node show|resource (status|failcount)|cluster diff)|crm_(verify|simulate|error|failcount)|cibadmin -Q|stonith_admin (-I|-L|--history)|crm_attribute .*-G|crm_resource (-W|\{\{form|--constraints)|all=)/;
  const silent = panels.filter(
    panel => panel.kind === 'dialog' && !panel.confirm && panel.run && !reads.test(panel.run.source),
  );
  expect(silent.map(panel => panel.id).sort()).toEqual([
    'pcmk_cib_dump',
    'pcmk_cib_dump_crm',
    'pcmk_cib_dump_pcs',
    'pcmk_cluster_setup_file_pcs',
    'pcmk_config_backup_pcs',
    'pcmk_host_auth',
    'pcmk_resource_stop_simulate_pcs',
  ]);
  const typed = panels.filter(panel => panel.kind === 'dialog' && panel.confirm?.level === 'type');
  expect(typed.map(panel => panel.id)).toEqual(
    expect.arrayContaining([
      'pcmk_cluster_stop_pcs',
      'pcmk_cluster_stop_crm',
      'pcmk_cluster_destroy_pcs',
      'pcmk_cluster_destroy_crm',
      'pcmk_cib_restore',
      'pcmk_cib_push_pcs',
      'pcmk_cib_replace_crm',
      'pcmk_config_restore_pcs',
      'pcmk_fence_pcs',
      'pcmk_fence_confirm_pcs',
      'pcmk_resource_delete_pcs',
    ]),
  );
});

test('no file is proposed in a directory where everybody may write', () => {
  const proposed = panels.flatMap(panel =>
    panel.kind === 'dialog'
      ? panel.fields.flatMap(field => (field.type === 'path' && field.default ? [String(field.default)] : []))
      : [],
  );
  expect(proposed.length).toBeGreaterThan(8);
  expect(proposed.filter(path => !/^\/(root|etc)\//.test(path))).toEqual([]);
});

test('a node is said to be down only after somebody looked', () => {
  for (const id of ['pcmk_fence_confirm_pcs', 'pcmk_fence_confirm_crm', 'pcmk_fence_confirm']) {
    expect(failedChecks(shipped, id, { node: 'node1' })).toEqual([
      'Make sure first that the node is switched off, then say yes.',
    ]);
    expect(failedChecks(shipped, id, { node: 'node1', looked: 'yes' })).toEqual([]);
  }
});

test('crm_attribute gets no property that nobody knows, for it would take it', () => {
  const says = (property: string) => failedChecks(shipped, 'pcmk_property_set_own', { property, value: 'true' });
  expect(says('maintenance-mode')).toEqual([]);
  expect(says('maintenence-mode').join()).toMatch(/takes a name that nobody knows without a word/);
});

test('the two nodes of a new cluster have different names', () => {
  const typed = { name: 'demo', node1: 'a', addr1: '10.0.0.1', addr2: '10.0.0.2' };
  expect(failedChecks(shipped, 'pcmk_cluster_setup_file_pcs', { ...typed, node2: 'b' })).toEqual([]);
  expect(failedChecks(shipped, 'pcmk_cluster_setup_file_pcs', { ...typed, node2: 'a' })).toEqual([
    'The two nodes need different names.',
  ]);
});

test('nothing that is typed can become an option of a command', () => {
  // What stands alone as a word must not begin with a dash; what follows an option, or is glued to a word, may.
  const loose = panels.flatMap(panel => {
    if (panel.kind !== 'dialog') return [];
    const text = panel.run?.source ?? '';
    return panel.fields
      .filter(field => new RegExp(`(?<!(?:^| )--?\\w+ )(?<=^| )\\{\\{${field.name}[*,]?\\}\\}(?= |$)`).test(text))
      .filter(field => !field.show && !['choice', 'yesno'].includes(field.type))
      .filter(field => checkValue(field, field.multiple ? ['-x=y'] : '-x=y') === undefined)
      .map(field => `${panel.id}.${field.name}`);
  });
  expect(loose).toEqual([]);
});

test('fields refuse what their command would take for something else', () => {
  const says = (id: string, name: string, value: string | string[]) =>
    checkValue(dialogOf(shipped, id).fields.find(field => field.name === name)!, value);
  expect(says('pcmk_resource_create_pcs', 'agent', 'ocf:heartbeat:IPaddr2')).toBeUndefined();
  expect(says('pcmk_resource_create_pcs', 'agent', 'IPaddr2')).toMatch(/standard, provider and type/);
  expect(says('pcmk_resource_create_pcs', 'params', ['ip=10.0.0.7'])).toBeUndefined();
  expect(says('pcmk_resource_create_pcs', 'params', ['ip 10.0.0.7'])).toMatch(/an equals sign and a value/);
  // crm joins its arguments into one line again and reads quotes in it.
  expect(says('pcmk_resource_create_crm', 'params', ['text=it\'s "so"'])).toMatch(/without quotes/);
  expect(says('pcmk_location_pcs', 'score', '-INFINITY')).toBeUndefined();
  expect(says('pcmk_location_pcs', 'score', 'much')).toMatch(/INFINITY/);
  expect(says('pcmk_report_pcs', 'since', 'yesterday')).toMatch(/2026-11-20 08:00:00/);
  expect(says('pcmk_node_standby_pcs', 'node', 'node1 node2')).toMatch(/is no name/);
});

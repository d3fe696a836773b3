/** The events and event scripts that HACMP ES 4.2.1 brings along (reference/hacmp-pssp.md 4.2; seed, appendix A.2.3). */

/** Where the product keeps its recovery programs. */
export const eventsDirectory = '/usr/sbin/cluster/events';

/** The same in later releases. */
export const laterDirectory = '/usr/es/sbin/cluster/events';

/** Name of each predefined event, and the file of its recovery program in the events directory. */
export const predefinedEvents: ReadonlyArray<readonly [name: string, program: string]> = [
  ['TE_JOIN_NODE', 'node_up.rp'],
  ['TE_FAIL_NODE', 'node_down.rp'],
  ['TE_JOIN_NETWORK', 'network_up.rp'],
  ['TE_FAIL_NETWORK', 'network_down.rp'],
  ['TE_SWAP_ADAPTER', 'swap_adapter.rp'],
  ['TE_JOIN_STANDBY', 'join_standby.rp'],
  ['TE_FAIL_STANDBY', 'fail_standby.rp'],
  ['TE_DARE_TOPOLOGY', 'reconfig_topology.rp'],
  ['TE_DARE_RESOURCE', 'reconfig_resource.rp'],
];

/** The predefined event that a name is or was meant to be: letters lost their underscores or their case in many a copy. */
export function predefinedLike(name: string): string | undefined {
  const bare = name.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
  return predefinedEvents.find(([known]) => known.replaceAll('_', '') === bare)?.[0];
}

/**
 * Event scripts that the product finds by their bare names, through the ODM. The source document names some of them; the others belong to
 * every HACMP of that time.
 */
export const deliveredScripts: ReadonlySet<string> = new Set([
  'acquire_aconn_service',
  'acquire_service_addr',
  'acquire_takeover_addr',
  'config_too_long',
  'event_error',
  'fail_standby',
  'get_aconn_rs',
  'get_disk_vg_fs',
  'join_standby',
  'network_down',
  'network_down_complete',
  'network_up',
  'network_up_complete',
  'node_down',
  'node_down_complete',
  'node_down_local',
  'node_down_local_complete',
  'node_down_remote',
  'node_down_remote_complete',
  'node_up',
  'node_up_complete',
  'node_up_local',
  'node_up_local_complete',
  'node_up_remote',
  'node_up_remote_complete',
  'reconfig_resource_acquire',
  'reconfig_resource_complete',
  'reconfig_resource_release',
  'reconfig_topology_complete',
  'reconfig_topology_start',
  'release_aconn_rs',
  'release_service_addr',
  'release_takeover_addr',
  'release_vg_fs',
  'start_server',
  'stop_server',
  'swap_aconn_protocols',
  'swap_adapter',
  'swap_adapter_complete',
  'unstable_too_long',
]);

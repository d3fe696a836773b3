/** What the output of ServiceGuard's cmviewcl says of a cluster, whichever of its two forms it was read from. */

/** Something that has a state of its own: a network interface, a service, a quorum server. */
export interface Part {
  /** What it is, in cmviewcl's own word, small: interface, service, subnet, quorum_server. */
  kind: string;
  name: string;
  status: string;
}

export interface ClusterNode {
  name: string;
  status: string;
  state: string;
  summary: string;
  parts: Part[];
}

/** A node as a package sees it. */
export interface PackageNode {
  name: string;
  switching: string;
  /** The package runs here. */
  current: boolean;
}

export interface ClusterPackage {
  name: string;
  status: string;
  state: string;
  /** The global switch: enabled, disabled, or empty (multi-node packages have none). */
  autorun: string;
  summary: string;
  /** Where it runs; empty when nowhere, or when it is not told. */
  owner: string;
  nodes: PackageNode[];
  parts: Part[];
}

export interface ClusterState {
  /** Form that was read; `nothing` when neither fits. */
  form: 'line' | 'table' | 'nothing';
  name: string;
  status: string;
  summary: string;
  nodes: ClusterNode[];
  packages: ClusterPackage[];
  parts: Part[];
  /** A filter (`-p pkg1`) was given: its prefix is missing, so that `status=` is not that of the cluster. */
  filtered: boolean;
  /** Lines that belong to neither form: messages, or a damaged output. */
  unread: string[];
}

/** A state of which nothing is known yet. */
export const emptyState = (form: ClusterState['form']): ClusterState => ({
  form,
  filtered: false,
  name: '',
  status: '',
  summary: '',
  nodes: [],
  packages: [],
  parts: [],
  unread: [],
});

/** The entry of that name, made when it is not there yet. */
export function entryOf<T extends { name: string }>(list: T[], name: string, make: (name: string) => T): T {
  const there = list.find(entry => entry.name === name);
  if (there) return there;
  const made = make(name);
  list.push(made);
  return made;
}

/** A node of which only the name is known. */
export const newNode = (name: string): ClusterNode => ({ name, status: '', state: '', summary: '', parts: [] });

/** A package of which only the name is known. */
export const newPackage = (name: string): ClusterPackage => ({
  name,
  status: '',
  state: '',
  autorun: '',
  summary: '',
  owner: '',
  nodes: [],
  parts: [],
});

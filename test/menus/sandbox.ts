/**
 * Two management nodes for tests that change things for real: each has mounts, network, host name and processes of its own
 * (Linux namespaces), over the files of this machine. What is changed in there is gone with it; this machine stays as it is.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface Node {
  /** First process inside, as this machine counts processes. */
  readonly pid: number;
  /** Arguments of nsenter(1) that lead inside. */
  readonly enter: string[];
  /** Runs `/bin/sh -c text` inside, with root's home, standard input empty. */
  run(text: string, options?: { path?: string[]; env?: Record<string, string> }): Ran;
  /** Starts a process inside that goes on; it ends with the node at the latest. */
  start(text: string): ChildProcess;
  read(file: string): string;
  write(file: string, text: string, mode?: number): void;
  exists(file: string): boolean;
}

export interface Pair {
  primary: Node;
  standby: Node;
  close(): Promise<void>;
}

/** Addresses of the two on their own wire, interface eth0. */
export const addresses = { primary: '10.77.0.1', standby: '10.77.0.2' };

/** What is laid over with a layer of its own, so that changes stay inside. */
const layered = ['/etc', '/root', '/var', '/home', '/mnt', '/srv', '/opt'];

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Makes the pair. Throws a sentence when this machine cannot. */
export async function openPair(): Promise<Pair> {
  const directory = mkdtempSync(join(tmpdir(), 'hasmit-pair-'));
  const holders: ChildProcess[] = [];
  try {
    const primary = await openNode('mn1', directory, holders);
    const standby = await openNode('mn2', directory, holders);
    connect(primary, standby);
    return { primary, standby, close: () => closeAll(directory, holders) };
  } catch (error) {
    await closeAll(directory, holders);
    throw error;
  }
}

async function openNode(name: string, directory: string, holders: ChildProcess[]): Promise<Node> {
  const layers = join(directory, name);
  mkdirSync(layers);
  const setup = [
    'set -e',
    `mount -t tmpfs tmpfs ${layers}`,
    ...layered
      .filter(path => existsSync(path))
      .flatMap(path => {
        const layer = join(layers, path.slice(1));
        return [
          `mkdir ${layer} ${layer}.work`,
          `mount -t overlay overlay -o lowerdir=${path},upperdir=${layer},workdir=${layer}.work ${path}`,
        ];
      }),
    'mount -t tmpfs tmpfs /run',
    'mkdir -p /run/sshd /run/lock /run/user',
    'mount -t sysfs sysfs /sys',
    `hostname ${name}`,
    'ip link set lo up',
    'echo ready',
    // When this process ends, the test's side of the pipe closes, and with cat the whole node ends.
    'exec cat >/dev/null',
  ];
  const flags = ['--mount', '--net', '--uts', '--pid', '--fork', '--mount-proc', '--propagation', 'private'];
  const holder = spawn('unshare', [...flags, '--kill-child', '/bin/sh', '-c', setup.join('\n')], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  holders.push(holder);
  await ready(holder);
  return nodeOf(firstChild(holder.pid!));
}

function ready(holder: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const cannot = (why: string) =>
      reject(new Error(`this machine cannot make the namespaces that the test needs (root, unshare, overlay): ${why}`));
    holder.on('error', error => cannot(error.message));
    holder.on('exit', status => cannot(`status ${status}: ${said.trim()}`));
    holder.stderr!.on('data', chunk => {
      said += chunk;
    });
    holder.stdout!.on('data', chunk => {
      if (String(chunk).includes('ready')) resolve();
    });
  });
}

function firstChild(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return Number(children.split(' ')[0]);
}

function nodeOf(pid: number): Node {
  const enter = ['--target', String(pid), '--mount', '--net', '--uts', '--pid', '--wd=/root', '--'];
  const environment = (options: { path?: string[]; env?: Record<string, string> } = {}) => ({
    HOME: '/root',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    USER: 'root',
    LOGNAME: 'root',
    SHELL: '/bin/sh',
    ...options.env,
    PATH: [...(options.path ?? []), options.env?.PATH ?? systemPath].join(':'),
  });
  const inside = (file: string) => `/proc/${pid}/root${file}`;
  return {
    pid,
    enter,
    run(text, options) {
      const { status, stdout, stderr, error } = spawnSync('nsenter', [...enter, '/bin/sh', '-c', text], {
        encoding: 'utf8',
        env: environment(options),
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 60_000,
      });
      if (error) throw error;
      return { status, stdout, stderr };
    },
    start: text => spawn('nsenter', [...enter, '/bin/sh', '-c', text], { env: environment(), stdio: 'ignore' }),
    read: file => readFileSync(inside(file), 'utf8'),
    write(file, text, mode = 0o644) {
      // Elsewhere the file would be this machine's own.
      if (![...layered, '/run'].some(top => file.startsWith(`${top}/`)))
        throw new Error(`${file} is not inside the node; choose a place below ${layered.join(', ')} or /run`);
      mkdirSync(dirname(inside(file)), { recursive: true });
      writeFileSync(inside(file), text, { mode });
    },
    exists: file => existsSync(inside(file)),
  };
}

/** A wire between the two: eth0 on either side. */
function connect(primary: Node, standby: Node): void {
  const [a, b] = [`hv${process.pid}a`.slice(-15), `hv${process.pid}b`.slice(-15)];
  const text = [
    'set -e',
    `ip link add ${a} type veth peer name ${b}`,
    `ip link set ${a} netns ${primary.pid} name eth0`,
    `ip link set ${b} netns ${standby.pid} name eth0`,
  ].join('\n');
  const { status, stderr } = spawnSync('/bin/sh', ['-c', text], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`this machine cannot make a pair of virtual interfaces: ${stderr.trim()}`);
  primary.run(`ip addr add ${addresses.primary}/24 dev eth0 && ip link set eth0 up`);
  standby.run(`ip addr add ${addresses.standby}/24 dev eth0 && ip link set eth0 up`);
}

async function closeAll(directory: string, holders: ChildProcess[]): Promise<void> {
  await Promise.all(
    holders.map(holder => {
      if (holder.exitCode !== null || holder.signalCode !== null) return undefined;
      const ended = new Promise(resolve => holder.once('exit', resolve));
      // unshare waits for its child and hears no softer signal; the child ends with it (--kill-child).
      holder.kill('SIGKILL');
      return ended;
    }),
  );
  rmSync(directory, { recursive: true, force: true });
}

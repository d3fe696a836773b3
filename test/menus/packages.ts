/** What the real runs need of the machine, and which of Debian's packages has it. */
import { spawnSync } from 'node:child_process';

/** Program: package. The same packages stand in .ci/packages. */
export const packages: Record<string, string> = {
  arping: 'iputils-arping',
  crontab: 'cron',
  exportfs: 'nfs-kernel-server',
  findmnt: 'util-linux',
  fuser: 'psmisc',
  ifconfig: 'net-tools',
  ip: 'iproute2',
  lsof: 'lsof',
  'mkfs.ext4': 'e2fsprogs',
  mount: 'mount',
  nsenter: 'util-linux',
  ping: 'iputils-ping',
  rsync: 'rsync',
  service: 'init-system-helpers',
  'ssh-copy-id': 'openssh-client',
  sshd: 'openssh-server',
  systemctl: 'systemd',
  unshare: 'util-linux',
  'update-rc.d': 'init-system-helpers',
};

/** Packages whose programs are not here, each once. */
export function missingPackages(): string[] {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const here = (program: string) =>
    spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', program], { env }).status === 0;
  return [
    ...new Set(
      Object.keys(packages)
        .filter(program => !here(program))
        .map(program => packages[program]!),
    ),
  ];
}

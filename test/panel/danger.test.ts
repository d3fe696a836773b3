import { expect, test } from 'vitest';
import { dangersIn } from '../../src/panel/danger.ts';
import { parseTemplate } from '../../src/panel/template.ts';
import type { Template } from '../../src/panel/types.ts';

function dangers(source: string): string[] {
  return dangersIn((parseTemplate(source) as { template: Template }).template);
}

test.each([
  ['rm -f {{file}}', ['rm']],
  ['/bin/rm -f {{file}}', ['rm']],
  ['sudo -n -u root rm x', ['rm']],
  ['nohup nice -n 5 dd if=/dev/zero of={{disk}}', ['dd']],
  ['mkfs.ext4 {{disk}}', ['mkfs.ext4']],
  ['find /x -name y -delete', ['find -delete']],
  ['find /x | xargs -0 rm', ['rm']],
  ['if true; then reboot; fi', ['reboot']],
  ['for i in {{pids*}}; do kill "$i"; done', ['kill']],
  ['echo "$(umount {{dir}})"', ['umount']],
  ['systemctl {{-q if quiet}} stop {{unit}}', ['systemctl stop']],
  ['service {{name}} restart', ['service restart']],
  ['ip addr del {{a}} dev {{i}}', ['ip del']],
  ['ifconfig {{i}} down', ['ifconfig down']],
  ['crontab -r -u {{user}}', ['crontab -r']],
  ['exportfs -ua', ['exportfs -ua']],
  ['rsync -a --delete /a/ {{host}}:/a/', ['rsync --delete']],
  ['cmhaltpkg -v {{pkg}} && cmhaltnode {{node}}', ['cmhaltpkg', 'cmhaltnode']],
])('%s is dangerous: %o', (source, found) => {
  expect(dangers(source)).toEqual(found);
});

test.each([
  'echo rm -rf {{x}}',
  "printf '%s\\n' 'reboot'",
  'ls /usr/bin/rm',
  'systemctl status {{unit}}',
  'ip addr add {{a}} dev {{i}}',
  'rsync -an --delete /a/ {{host}}:/a/',
  'rsync --dry-run --delete /a/ {{host}}:/a/',
  'crontab -l -u {{user}}',
  'exportfs -v',
  'grep -r kill /etc',
  'timeout 5 ping {{host}}',
  '',
])('%s is not', source => {
  expect(dangers(source)).toEqual([]);
});

import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hostFromMachine } from '../services/control-plane-args.ts';
import { rigName } from '../services/pki.ts';

/** A file that the rig lays over a Debian to make it an image as providers ship it. */
interface ImageFile {
  readonly path: string;
  readonly content: string;
  readonly mode?: number;
}

const files: readonly ImageFile[] = [
  // Empty, not missing: a fresh id at the first boot, without systemd-firstboot's questions.
  { path: 'etc/machine-id', content: '' },
  { path: 'etc/hostname', content: 'localhost\n' },
  {
    path: 'etc/hosts',
    content: `127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n${hostFromMachine} ${rigName}\n`,
  },
  { path: 'etc/fstab', content: 'LABEL=root / ext4 defaults,errors=remount-ro 0 1\n' },
  // "Up to date": else the first boot spends seconds on ldconfig and the like.
  { path: 'etc/.updated', content: '' },
  { path: 'var/.updated', content: '' },
  // A test machine asks nobody but the rig for packages or for the time.
  { path: 'etc/apt/sources.list', content: '' },
  { path: 'etc/systemd/timesyncd.conf.d/rig.conf', content: '[Time]\nNTP=\nFallbackNTP=\n' },
  {
    path: 'etc/cloud/cloud.cfg.d/90-rig.cfg',
    content: [
      'datasource_list: [NoCloud, None]',
      'locale: false',
      'apt: {preserve_sources_list: true}',
      // An RSA key takes seconds on an emulated processor.
      'ssh_genkeytypes: [ed25519]',
      '',
    ].join('\n'),
  },
  {
    path: 'usr/lib/systemd/system/rig-agent.service',
    content: `[Unit]
Description=The rig of the tests
DefaultDependencies=no
ConditionPathExists=/dev/virtio-ports/rig.exec

[Service]
ExecStart=/usr/lib/rig-agent
Restart=always
RestartSec=1
`,
  },
  {
    path: 'usr/lib/udev/rules.d/99-rig-agent.rules',
    content:
      'SUBSYSTEM=="virtio-ports", ATTR{name}=="rig.exec", SYMLINK+="virtio-ports/rig.exec", TAG+="systemd", ENV{SYSTEMD_WANTS}="rig-agent.service"\n',
  },
];

const networkd = 'usr/lib/systemd/system';

/** Links under etc/systemd/system that `systemctl enable systemd-networkd` makes; cloud images have it on. */
const enabled: readonly (readonly [link: string, unit: string])[] = [
  ['multi-user.target.wants', 'systemd-networkd.service'],
  ['sockets.target.wants', 'systemd-networkd.socket'],
  ['network-online.target.wants', 'systemd-networkd-wait-online.service'],
];

const agentSource = join(import.meta.dirname, 'guest-agent.sh');

/** Everything that decides what `layImageFiles` writes, for a cache key. */
export async function imageRecipe(): Promise<readonly string[]> {
  return [JSON.stringify([files, enabled]), await readFile(agentSource, 'utf8')];
}

/** Makes the unpacked Debian at `root` an image: no identity of its own, networkd on, the rig's agent. */
export async function layImageFiles(root: string): Promise<void> {
  const agent = { path: 'usr/lib/rig-agent', content: await readFile(agentSource, 'utf8'), mode: 0o755 };
  for (const { path, content, mode } of [...files, agent]) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content, { mode: mode ?? 0o644 });
  }
  for (const [folder, unit] of enabled) {
    const dir = join(root, 'etc/systemd/system', folder);
    await mkdir(dir, { recursive: true });
    await rm(join(dir, unit), { force: true });
    await symlink(join('/', networkd, unit), join(dir, unit));
  }
  await rm(join(root, 'var/lib/dbus/machine-id'), { force: true });
  await rm(join(root, 'etc/resolv.conf'), { force: true });
  await symlink('../run/systemd/resolve/stub-resolv.conf', join(root, 'etc/resolv.conf'));
  for (const name of await readdir(join(root, 'etc/ssh'))) {
    if (name.startsWith('ssh_host_')) await rm(join(root, 'etc/ssh', name));
  }
}

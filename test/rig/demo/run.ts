// `npm run demo`: a cluster, a machine and everything between them, on this computer alone; a few minutes, as root. With
// `-- namespaces` the machine is a container in place of a VM, which is faster; `--write` draws generated/demo.svg.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootMachine } from '../machines/boot.ts';
import { buildRootfs } from '../machines/rootfs.ts';
import { ensureAll } from '../machines/tools.ts';
import { writeConfig } from '../node-config.ts';
import { logsDir } from '../services/cache.ts';
import { MissingPackages } from '../services/tools.ts';
import { startSite } from '../site.ts';
import type { Site } from '../site.ts';
import { picture } from './picture.ts';
import { Screen } from './screen.ts';
import { show } from './show.ts';

const setting = process.argv.includes('namespaces') ? 'namespaces' : 'qemu';
const release = 'debian-13';
const dir = join(logsDir, 'demo');

/** An address of the loopback that no scenario of the rig takes. */
const hostAddress = '127.253.1.1';

async function demo(site: Site): Promise<Screen> {
  const name = 'edge-01';
  const wish = { name, release, auth: 'minted', cluster: 'resource-id' } as const;
  await writeConfig(wish, site, dir, 1);
  await site.controlPlane.registerNodeAddress(name, hostAddress);
  const screen = new Screen();
  await show({ site, dir, name, screen }, async (userData) => {
    screen.add('note', `a machine with ${release} is made with it (${setting})`);
    return await bootMachine(setting, {
      name,
      release,
      userData,
      forwards: [{ hostAddress, hostPort: 10250, guestPort: 10250 }],
      dir: join(dir, 'machine'),
    });
  });
  return screen;
}

try {
  await ensureAll(setting);
} catch (error) {
  if (!(error instanceof MissingPackages)) throw error;
  console.error(error.message);
  process.exit(2);
}
// What takes minutes the first time is no part of the show.
await buildRootfs(release, 'full');
rmSync(dir, { recursive: true, force: true });
const site = await startSite(dir);
let screen: Screen;
try {
  screen = await demo(site);
} finally {
  await site.stop();
}
screen.add('note', 'machine and cluster are gone again');
rmSync(dir, { recursive: true, force: true });
if (process.argv.includes('--write')) writeFileSync('generated/demo.svg', picture(screen.lines));

import { join } from 'node:path';
import { assertOk, patience } from './expect.ts';
import { defaultMetaData } from './machines/machine.ts';
import { renderUserData } from './node-config.ts';
import type { NodeWish } from './node-config.ts';
import type { BootedNode, Stage } from './scenario.ts';

const seed = '/var/lib/cloud/seed/nocloud';

/** Under QEMU the disk of the first boot is still there, and would win. */
export const otherDisks = '/etc/cloud/cloud.cfg.d/99-rig-seed.cfg';
const noDisks = 'datasource: {NoCloud: {fs_label: null}}';

let times = 0;

/** Gives a machine that is on new user-data, as `flexgen-node reset` says it is done: clean, and reboot. */
async function give(stage: Stage, { machine, nodeName }: BootedNode, userData: string): Promise<void> {
  const file = (name: string, text: string): string =>
    `base64 -d >${seed}/${name} <<<${Buffer.from(text).toString('base64')}`;
  const files = [file('user-data', userData), file('meta-data', defaultMetaData(nodeName))];
  const alone = `echo '${noDisks}' >${otherDisks}`;
  const script = ['set -e', `install -dm700 ${seed}`, ...files, alone, 'cloud-init clean', 'sync'];
  await machine.exec(script.join('\n'));
  await machine.reboot(patience(stage, 60));
}

/**
 * Renders the same node anew, with what it signs in with now, and gives it to its machine; on a stage with another site, for
 * that site's cluster.
 */
export async function joinAgain(
  stage: Stage,
  node: BootedNode,
  wish: Partial<NodeWish> = {},
): Promise<BootedNode> {
  times += 1;
  const { setting, release, site, dir } = stage;
  const full: NodeWish = { auth: node.auth, name: node.nodeName, release, image: node.image, ...wish };
  const folder = join(dir, `${node.nodeName}-again-${times}`);
  const { userData, identity } = await renderUserData(full, site, folder, 100 + (times % 100));
  await site.controlPlane.registerNodeAddress(node.nodeName, node.address);
  await give({ ...stage, setting }, node, userData);
  return { ...node, userData, identity, auth: full.auth };
}

/** Takes the machine out of its cluster, on both sides. Returns what the machine has said. */
export async function takeOut(stage: Stage, node: BootedNode): Promise<string> {
  const said = assertOk(await node.machine.exec('flexgen-node reset --yes', patience(stage, 60)));
  await stage.site.controlPlane.kubectl(['delete', 'node', node.nodeName, '--ignore-not-found']);
  return said.trim();
}

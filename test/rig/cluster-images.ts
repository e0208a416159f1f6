import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildRootfs } from './machines/rootfs.ts';
import { buildKubeProxy, buildRigCni } from './services/binaries.ts';
import type { Binaries } from './services/binaries.ts';
import type { ImageContent } from './services/oci.ts';
import { run } from './services/run.ts';

/** What a Debian of the rig has of iptables, which kube-proxy calls: the program, its names, and what it loads. */
async function iptables(): Promise<Pick<ImageContent, 'files' | 'links'>> {
  const { tree } = await buildRootfs('debian-13');
  const program = '/usr/sbin/xtables-nft-multi';
  const folder = '/usr/lib/x86_64-linux-gnu/xtables';
  const extensions = (await readdir(join(tree, folder))).map((name) => join(folder, name));
  const linked = await run('chroot', [tree, 'ldd', program, ...extensions]);
  const libraries = [...linked.matchAll(/(?:=> |^\t)(\/\S+)/gm)].map(([, path]) => path ?? '');
  const paths = [program, ...libraries, ...extensions];
  const names = ['iptables', 'ip6tables'].flatMap((name) => [name, `${name}-restore`, `${name}-save`]);
  return {
    // As there: /lib is a link to /usr/lib, so that both ways of writing a path lead to one file.
    files: Object.fromEntries(paths.map((path) => [path.replace(/^\/lib/, '/usr/lib'), join(tree, path)])),
    links: {
      '/lib': 'usr/lib',
      '/lib64': 'usr/lib64',
      ...Object.fromEntries(names.map((name) => [`/usr/sbin/${name}`, 'xtables-nft-multi'])),
    },
  };
}

/** kube-proxy as upstream's image has it: with the iptables of a Debian. */
export async function kubeProxyImage(): Promise<ImageContent> {
  const { files, links = {} } = await iptables();
  const entrypoint = '/usr/local/bin/kube-proxy';
  const program = join(await buildKubeProxy(), 'kube-proxy');
  return { files: { ...files, [entrypoint]: program }, links, entrypoint, user: '0:0' };
}

/** A network plugin and what puts it on a machine. */
export async function rigCniImage({ runtime }: Binaries): Promise<ImageContent> {
  const program = join(await buildRigCni(), 'rig-cni');
  const files = { '/rig-cni': program, '/plugins/bridge': join(runtime, 'bridge') };
  return { files, entrypoint: '/rig-cni', user: '0:0' };
}

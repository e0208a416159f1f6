import type { TargetImage } from '../../node/image.ts';

const enable = 'systemctl enable --now --no-block flexgen';

// At each boot, before the files are written: the unit waits for network-online.target, which comes after that stage of
// cloud-init. Nothing of flexgen's can speak on a machine that has nothing of it, so that the verdict stands here.
const start = 'systemctl start --no-block flexgen';
const noGoldenImage =
  'flexgen: FAILED at host (14): this is no golden image — bake one with `flexgen packer`, or render without --image golden';

const base85 = 'import base64,sys;sys.stdout.buffer.write(base64.b85decode(sys.stdin.read()))';

/**
 * The modules of cloud-init that start the unit on a machine of this image. `archive` holds files that are unpacked
 * before, and is in base85 where it is `dense`; the unit must not see what the image has of them.
 */
export function startCommands(
  target: TargetImage,
  archive: string | null,
  dense?: true,
): { readonly bootcmd?: readonly string[]; readonly runcmd?: readonly string[] } {
  const unpack =
    dense === undefined ? `tar xzf ${archive} -C /` : `python3 -c "${base85}" <${archive} | tar xz -C /`;
  const runcmd = [archive === null ? enable : `${unpack} && ${enable}`];
  switch (target) {
    case 'stock':
      return { runcmd };
    case 'golden':
      return { bootcmd: [`${start} || { echo '${noGoldenImage}' >/dev/console; false; }`] };
    case 'any':
      return archive === null ? { bootcmd: [`${start} || :`], runcmd } : { runcmd };
  }
}

import { createHash } from 'node:crypto';
import { settingsFile } from './components/node-settings.ts';
import type { ImagePlan, NodeFile, NodePlan, PlanContext } from './plan.ts';

/** SHA-256 of these bytes, or of a text's in UTF-8, in hex. */
export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

// 48 bits: two of a thousand images are the same by chance once in half a billion times.
const digestLength = 12;

const digests = new WeakMap<NodeFile, string>();

/** The digest of a file's content, made once for each file: the nodes of a fleet share theirs. */
function digestOf(file: NodeFile): string {
  const digest = digests.get(file) ?? sha256(file.content);
  digests.set(file, digest);
  return digest;
}

/** The image of these files. Its digest is over path, mode and content of each, in the order of their paths. */
export function planImage(files: readonly NodeFile[], podCIDR: string, context: PlanContext): ImagePlan {
  const { spec, versions } = context;
  const images = [...new Set([spec.runtime.pauseImage, ...spec.image.images])];
  const lines = files
    .filter(({ phase }) => phase === 'image')
    .map((file) => `${file.path} ${file.mode.toString(8)} ${digestOf(file)}`)
    .toSorted();
  const digest = sha256([...lines, ...images].join('\n')).slice(0, digestLength);
  const id = [versions.kubernetes, spec.node.os, spec.node.arch, digest].join('-');
  return { id, images, settings: settingsFile(context, podCIDR, id) };
}

/** What a payload's machine is made from: a stock image, the plan's golden image, or any that becomes that one. */
export type TargetImage = 'stock' | 'golden' | 'any';

/** The files that a machine from such an image gets from its payload. */
export function payloadFiles(plan: NodePlan, target: TargetImage): readonly NodeFile[] {
  if (target === 'stock') return plan.files;
  const { settings } = plan.image;
  return plan.files
    .filter(({ phase }) => phase === 'boot' || target === 'any')
    .map((file) => (file.path === settings.path ? settings : file));
}

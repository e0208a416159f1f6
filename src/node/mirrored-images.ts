import { archivePath, isRegistry, kubeProxyImage } from '../catalog/index.ts';
import type { LockedImage } from '../catalog/index.ts';
import { archesOf } from './artifacts.ts';
import type { Part, SharedContext, PlannedArtifact } from './plan.ts';

/** Where their archives are on the node, until they are imported. */
const folder = '/var/lib/flexgen/images';

/** The images of the lock, where a mirror has them: nodes of other configs pull theirs from their registries. */
const lockedImages = ({ spec, lock }: SharedContext): readonly LockedImage[] =>
  spec.artifacts.mirror === null ? [] : (lock?.images ?? []);

/** Has containerd import what the mirror has as archives. */
export const mirroredImages: Part = (context) =>
  lockedImages(context).length === 0 ? {} : { hooks: ['images'] };

/** Has the node ask a registry for its downloads by their digests. */
export const registryMirror: Part = ({ spec }) =>
  isRegistry(spec.artifacts.mirror) ? { hooks: ['registry'] } : {};

/** Every image that the node may need. */
const wantedImages = ({ spec, facts }: SharedContext): readonly string[] => [
  ...new Set([
    spec.runtime.pauseImage,
    ...spec.image.images,
    ...(spec.components.kubeProxy ? [kubeProxyImage(facts.kubernetesVersion)] : []),
  ]),
];

/** A name that is a file's, and no other download's: `pause.tar`. */
function namesOf(images: readonly string[]): readonly string[] {
  const bases = images.map((image) => /([^/:@]+)(?::[^/@]*)?(?:@.*)?$/.exec(image)?.[1] ?? 'image');
  return bases.map((base, index) => {
    const before = bases.slice(0, index).filter((one) => one === base).length;
    return before === 0 ? `${base}.tar` : `${base}-${before + 1}.tar`;
  });
}

/** The downloads of the node's images from its mirror. One that the lock does not have is reported. */
export function planImageArchives(context: SharedContext): readonly PlannedArtifact[] {
  const locked = lockedImages(context);
  if (locked.length === 0) return [];
  const arches = archesOf(context.spec);
  const wanted = wantedImages(context);
  const names = namesOf(wanted);
  return wanted.flatMap((image, index): PlannedArtifact[] => {
    const own = locked.filter((one) => one.image === image && arches.includes(one.arch));
    if (own.length < arches.length) {
      context.report('artifacts.lock', {
        severity: 'error',
        code: 'catalog/no-image',
        message: `the lock has images, but not ${image} for ${arches.join(' and ')}`,
        hint: 'run `flexgen lock`, then `flexgen bundle` for the mirror',
      });
      return [];
    }
    const sha256 = Object.fromEntries(own.map((one) => [one.arch, one.sha256]));
    const name = names[index] ?? '';
    const url = `https://${archivePath(image, '@')}`;
    return [{ when: 'join', name, version: image, folder, url, sha256 }];
  });
}

import { archivePath, upstreamUrl, isReleased } from '../../catalog/index.ts';
import type { Lock, LockedArtifact, LockedImage } from '../../catalog/index.ts';
import { readFrom } from './download.ts';
import type { Arriving, Item } from './download.ts';
import type { Ways } from './fetch.ts';
import { imageArchive } from './image-archive.ts';
import { Registry } from './registry.ts';

const remedy: Item['remedy'] = {
  changed: 'upstream, or somebody on the way, has replaced the file: do not use it before you know why',
  lost: 'upstream has it no more: run `flexgen lock` for what there is',
};

/** What nobody but its maker has. */
function byHand(path: string): Item['remedy'] {
  const words = `the lock says that it is a build of your own: put it there by hand, as ${path}`;
  return { changed: words, lost: words };
}

function artifactItem({ name, version, arch, url, sha256, source }: LockedArtifact, ways: Ways): Item {
  const { host, pathname } = new URL(url);
  const path = `${host}${pathname}`;
  const isUpstreams = isReleased(name) && url === upstreamUrl(name, version, arch);
  return {
    name: `${name} ${version} (${arch})`,
    path,
    sha256,
    origin: url,
    read: (from) => readFrom(url, from, ways),
    remedy: source === 'private' && isUpstreams ? byHand(path) : remedy,
  };
}

async function readImage({ image, arch, digest }: LockedImage, ways: Ways): Promise<Arriving> {
  const registry = new Registry(image, ways);
  const manifest = await registry.manifest(arch, digest);
  return { from: 0, body: imageArchive(registry, manifest), isPage: false };
}

function imageItem(locked: LockedImage, ways: Ways): Item {
  const { image, arch, sha256 } = locked;
  return {
    name: `${image} (${arch})`,
    path: archivePath(image, arch),
    sha256,
    origin: image,
    read: () => readImage(locked, ways),
    remedy: {
      changed: 'the image is not the one that was locked: run `flexgen lock`, and look at what has changed',
      lost: 'its registry has it no more: run `flexgen lock` for what there is',
    },
  };
}

/** Every file of a mirror for this lock. */
export function itemsOf({ artifacts, images }: Lock, ways: Ways): readonly Item[] {
  return [
    ...artifacts.map((artifact) => artifactItem(artifact, ways)),
    ...images.map((image) => imageItem(image, ways)),
  ];
}

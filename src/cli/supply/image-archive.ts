import { storedName } from '../../catalog/index.ts';
import { compactJson } from '../../encode/document.ts';
import { tarEnd, tarHeader, tarPadding } from '../../render/tar.ts';
import type { Manifest, Registry } from './registry.ts';

/** The path of a blob in an OCI image layout. */
const blobPath = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

function* file(path: string, content: Buffer): Generator<Buffer> {
  yield* [tarHeader(path, 0o644, content.length), content, tarPadding(content.length)];
}

/**
 * An image as an OCI layout in a tar, which `ctr images import` takes: the same manifest and name give the same bytes. What
 * its registry sends is checked on the way.
 */
export async function* imageArchive(registry: Registry, manifest: Manifest): AsyncGenerator<Buffer> {
  const { mediaType, digest, size } = manifest;
  const annotations = {
    'io.containerd.image.name': storedName(registry.ref),
    'org.opencontainers.image.ref.name': registry.ref.reference,
  };
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{ mediaType, digest, size, annotations }],
  };
  yield* file('oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}'));
  yield* file('index.json', Buffer.from(compactJson(index)));
  yield* file(blobPath(digest), manifest.bytes);
  for (const blob of manifest.blobs) {
    yield tarHeader(blobPath(blob.digest), 0o644, blob.size);
    yield* registry.blob(blob);
    yield tarPadding(blob.size);
  }
  yield tarEnd;
}

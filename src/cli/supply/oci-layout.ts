import { compactJson } from '../../encode/document.ts';
import { sha256 } from '../../node/image.ts';
import type { Delivered } from './download.ts';

/** A small file of an image layout, by its path in it. */
export interface LayoutFile {
  readonly path: string;
  readonly text: string;
}

export const blobOf = (digest: string): string => `blobs/sha256/${digest}`;

const empty = '{}';

/**
 * What makes a folder of these files an OCI image layout with one artifact, `flexgen`, whose layers they are: a registry
 * then serves each under its digest. The files themselves lie under `blobOf`.
 */
export function ociLayout(files: readonly Delivered[]): readonly LayoutFile[] {
  const unique = [...new Map(files.map((file) => [file.sha256, file])).values()];
  const manifest = compactJson({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: 'application/vnd.flexgen.bundle',
    config: {
      mediaType: 'application/vnd.oci.empty.v1+json',
      digest: `sha256:${sha256(empty)}`,
      size: empty.length,
    },
    layers: unique.map((file) => ({
      mediaType: 'application/octet-stream',
      digest: `sha256:${file.sha256}`,
      size: file.bytes,
      annotations: { 'org.opencontainers.image.title': file.path },
    })),
  });
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: `sha256:${sha256(manifest)}`,
        size: Buffer.byteLength(manifest),
        annotations: { 'org.opencontainers.image.ref.name': 'flexgen' },
      },
    ],
  };
  return [
    { path: blobOf(sha256(empty)), text: empty },
    { path: blobOf(sha256(manifest)), text: manifest },
    { path: 'oci-layout', text: compactJson({ imageLayoutVersion: '1.0.0' }) },
    { path: 'index.json', text: compactJson(index) },
  ];
}

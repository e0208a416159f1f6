import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './run.ts';

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

const programs = 'PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/';

const type = (name: string): string => `application/vnd.oci.image.${name}`;

/** What an image for linux/amd64 holds, all in one layer. */
export interface ImageContent {
  /** Paths in the image, and the files that are copied there. */
  readonly files: Readonly<Record<string, string>>;
  /** Symbolic links: paths in the image, and what they say. */
  readonly links?: Readonly<Record<string, string>>;
  readonly entrypoint: string;
  /** Default: nobody. */
  readonly user?: string;
}

/** A static program at the root of an image, under its own name. */
export const programImage = (folder: string, name: string): ImageContent => ({
  files: { [`/${name}`]: join(folder, name) },
  entrypoint: `/${name}`,
});

/** Writes an image into an OCI layout at `dir`, tagged `latest`. */
export async function writeOciImage(dir: string, image: ImageContent): Promise<void> {
  const blobs = join(dir, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  const put = async (mediaType: string, content: Buffer): Promise<Descriptor> => {
    const hex = createHash('sha256').update(content).digest('hex');
    await writeFile(join(blobs, hex), content);
    return { mediaType, digest: `sha256:${hex}`, size: content.length };
  };
  const putJson = (mediaType: string, content: object): Promise<Descriptor> =>
    put(mediaType, Buffer.from(JSON.stringify(content)));

  // Uncompressed: then the layer's digest is its diff id too.
  const layer = await put(type('layer.v1.tar'), await layerOf(join(dir, 'root'), image));
  const config = await putJson(type('config.v1+json'), {
    architecture: 'amd64',
    os: 'linux',
    config: { Entrypoint: [image.entrypoint], Env: [programs], User: image.user ?? '65535:65535' },
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  });
  const manifest = await putJson(type('manifest.v1+json'), {
    schemaVersion: 2,
    mediaType: type('manifest.v1+json'),
    config,
    layers: [layer],
  });
  const tagged = { ...manifest, annotations: { 'org.opencontainers.image.ref.name': 'latest' } };
  await writeFile(join(dir, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [tagged] }));
  await writeFile(join(dir, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
}

async function layerOf(scratch: string, { files, links = {} }: ImageContent): Promise<Buffer> {
  await mkdir(scratch);
  const room = async (path: string): Promise<string> => {
    const place = join(scratch, path);
    await mkdir(dirname(place), { recursive: true });
    return place;
  };
  for (const [path, source] of Object.entries(files)) await copyFile(source, await room(path));
  for (const [path, target] of Object.entries(links)) await symlink(target, await room(path));
  const file = `${scratch}.tar`;
  const flags = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '-C', scratch];
  await run('tar', [...flags, '-cf', file, '.']);
  const content = await readFile(file);
  await rm(scratch, { recursive: true });
  await rm(file);
  return content;
}

import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { run } from './run.ts';

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

const type = (name: string): string => `application/vnd.oci.image.${name}`;

/**
 * Writes `program` (static, for linux/amd64) as an image of one layer whose entrypoint it is, into an OCI layout at
 * `dir`, tagged `latest`. The program stands at the root of the image under its own name.
 */
export async function writeOciImage(dir: string, program: string): Promise<void> {
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
  const layer = await put(type('layer.v1.tar'), await layerOf(join(dir, 'root'), program));
  const config = await putJson(type('config.v1+json'), {
    architecture: 'amd64',
    os: 'linux',
    config: { Entrypoint: [`/${basename(program)}`], Env: ['PATH=/'], User: '65535:65535' },
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

async function layerOf(scratch: string, program: string): Promise<Buffer> {
  await mkdir(scratch);
  await copyFile(program, join(scratch, basename(program)));
  const file = `${scratch}.tar`;
  const flags = ['--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '-C', scratch];
  await run('tar', [...flags, '-cf', file, basename(program)]);
  const content = await readFile(file);
  await rm(scratch, { recursive: true });
  await rm(file);
  return content;
}

import { createHash } from 'node:crypto';
import type { Arch, Lock, LockedImage } from '../../catalog/index.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { Unavailable, patiently } from './fetch.ts';
import type { Ways } from './fetch.ts';
import { imageArchive } from './image-archive.ts';
import { BadImage, Registry } from './registry.ts';
import { unreachable } from './upstream.ts';

function imageProblem(error: unknown, image: string): Diagnostic {
  if (error instanceof Unavailable) {
    return error.status === 404
      ? {
          severity: 'error',
          code: 'upstream/no-image',
          message: `there is no image ${image}: its registry answers 404`,
          hint: 'check its name and its tag',
        }
      : unreachable(`${image}: ${error.message}`);
  }
  if (!(error instanceof BadImage)) throw error;
  return { severity: 'error', code: 'upstream/digest', message: error.message, hint: error.hint };
}

/** The entry of a lock for this image: its layers are read where the lock has no archive of this very manifest. */
export async function findImage(
  image: string,
  arch: Arch,
  before: Lock,
  ways: Ways,
): Promise<LockedImage | Diagnostic> {
  try {
    return await patiently(async () => {
      const registry = new Registry(image, ways);
      const manifest = await registry.manifest(arch);
      const { digest } = manifest;
      const known = before.images.find(
        (one) => one.image === image && one.arch === arch && one.digest === digest,
      );
      if (known !== undefined) return known;
      const hash = createHash('sha256');
      for await (const chunk of imageArchive(registry, manifest)) hash.update(chunk);
      return { image, arch, digest, sha256: hash.digest('hex') };
    });
  } catch (error) {
    return imageProblem(error, image);
  }
}

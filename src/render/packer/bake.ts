import { jsonDocument } from '../../encode/document.ts';
import { sha256 } from '../../node/image.ts';
import type { ImagePlan, NodeFile, NodePlan } from '../../node/plan.ts';
import { textFile } from './file.ts';
import type { FolderFile } from './file.ts';
import type { ImageMachine } from './source.ts';

/** What of a node's plan an image is made from. */
interface BakedPlan extends Pick<NodePlan, 'files' | 'artifacts'> {
  readonly image: Pick<ImagePlan, 'id' | 'images'>;
}

const octal = (mode: number): string => `0${mode.toString(8)}`;

/** Phase `image` of the plan. An image is copied and shared: nothing in it may be a secret. */
function imageFiles({ files }: BakedPlan): readonly NodeFile[] {
  const image = files.filter(({ phase }) => phase === 'image');
  const secret = image.find((file) => file.secret);
  if (secret !== undefined) throw new Error(`${secret.path} is secret: it may not be in an image`);
  return image;
}

/**
 * What is installed at the bake, as files: the node's own as they are on it, a list to check them by, and what the image
 * will be.
 */
export function bakeFiles(
  plan: BakedPlan,
  { os, arch }: ImageMachine,
  version: string,
): readonly FolderFile[] {
  const files = imageFiles(plan).map(({ path, mode, content }) => ({
    path,
    mode,
    content,
    sum: sha256(content),
  }));
  const rows = files.map(({ path, mode, sum }) => [sum, octal(mode), path].join('\t'));
  const manifest = {
    id: plan.image.id,
    flexgen: version,
    kubernetes: plan.artifacts.find(({ name }) => name === 'kubelet')?.version ?? null,
    os,
    arch,
    artifacts: plan.artifacts.map(({ name, version: number, when, folder, sha256: sums }) => ({
      name,
      version: number,
      when,
      folder,
      sha256: sums,
    })),
    files: files.map(({ path, mode, sum }) => ({ path, mode: octal(mode), sha256: sum })),
    images: plan.image.images,
  };
  return [
    textFile('bake/image.json', jsonDocument(manifest)),
    textFile('bake/files.tsv', `${rows.join('\n')}\n`),
    ...files.map(({ path, mode, content }) => textFile(`bake/node${path}`, content, mode)),
  ];
}

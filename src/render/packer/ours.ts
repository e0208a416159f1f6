import { imageSources } from './sources/index.ts';

const names = new Set([
  'build.pkr.hcl',
  'plugins.pkr.hcl',
  'variables.pkr.hcl',
  'values.auto.pkrvars.json',
  'build-key',
  '.gitignore',
  ...imageSources.map(({ kind }) => `${kind}.pkr.hcl`),
]);

/** Whether a folder with these files is one of `flexgen packer`. */
export const isOurs = (files: readonly string[]): boolean => files.includes('bake/image.json');

/** Whether a file of such a folder was put there by somebody else. */
export const isStranger = (path: string): boolean => !names.has(path) && !/^(?:bake|cidata)\//.test(path);

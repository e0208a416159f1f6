import { readFileSync } from 'node:fs';

/** A file of packer/ as the source tree has it. A build replaces this module by one that has them all inside. */
export const packerText = (path: string): string =>
  readFileSync(new URL(`../../packer/${path}`, import.meta.url), 'utf8');

import { readFileSync } from 'node:fs';

/** A file of templates/rotate as the source tree has it. A build replaces this module by one that has them all inside. */
export const rotateText = (path: string): string =>
  readFileSync(new URL(`../../templates/rotate/${path}`, import.meta.url), 'utf8');

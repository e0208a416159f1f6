import { encodeHcl } from '../../encode/hcl.ts';
import type { ImageSource } from './source.ts';

/** Where the build names its sources, in packer/build.pkr.hcl. */
const noSources = 'sources = []';

/** The build of these sources: the one list that is not the same in each folder. */
export function buildFile(text: string, sources: readonly ImageSource[]): string {
  const [before, after, ...more] = text.split(noSources);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`packer/build.pkr.hcl must have \`${noSources}\` once`);
  const names = sources.map(({ builder }) => `source.${builder}.flexgen`);
  return `${before}sources = ${encodeHcl(names)}${after}`;
}

/** What `packer init` installs: nothing that is not used. */
export function pluginsFile(sources: readonly ImageSource[]): string {
  const plugins = sources.map(
    ({ kind, plugin: { source, version } }) => `    ${kind} = {
      source  = ${encodeHcl(source)}
      version = ${encodeHcl(version)}
    }
`,
  );
  return `# In a file of its own: Packer before 1.7 has its plugins inside and can't read it.
packer {
  required_version = ">= 1.7.0"
  required_plugins {
${plugins.join('')}  }
}
`;
}

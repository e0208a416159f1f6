import { writeFileSync } from 'node:fs';
import type { Release } from './machines/machine.ts';

/** With FLEXGEN_RESET_WRITE, what a reset has left is kept as it was seen. */
const isKept = process.env['FLEXGEN_RESET_WRITE'] !== undefined;

/** What differs from run to run: digests, numbers of processes, names of machines. */
const steady = (line: string): string =>
  line
    .replace(/ [0-9a-f]{12}$/, ' DIGEST')
    .replaceAll(/flexgen-rig-\d+-[\w-]+/g, 'flexgen-rig')
    .replaceAll(/\d{3,}(?=[./]|$)/g, 'N');

/** By what it is of, with what has gone first, which the digests would order otherwise from run to run. */
const inOrder = (lines: readonly string[]): readonly string[] =>
  [...new Set(lines.map(steady))].toSorted((a, b) => {
    const [left, right] = [a.slice(2), b.slice(2)];
    if (left === right) return a < b ? 1 : -1;
    return left < right ? -1 : 1;
  });

const block = (lines: readonly string[]): string =>
  lines.length === 0 ? 'Nothing.' : ['```diff', ...inOrder(lines), '```'].join('\n');

/** Writes down how a machine after a reset differs from what it was: all of it, and who has done it. */
export function keepReset(
  release: Release,
  changes: readonly string[],
  isExpected: (line: string) => boolean,
): void {
  if (!isKept) return;
  const text = `# What a reset leaves

A machine in namespaces with ${release} that has booted without flexgen, then has joined, run a pod, and been reset with
\`flexgen-node reset --yes\`, compared with itself before: files and their digests, mounts, links, routes, firewall, units, settings
of the kernel, modules, swap, control groups, processes, listeners, packages.

## Of flexgen's

${block(changes.filter((line) => !isExpected(line)))}

## Of others

What another first boot of cloud-init does, where the rig has its user-data, the mode that containerd gives its folder, which
is a mount of the rig's, ldconfig.service of the C library's package, and /run/netns, which is everybody's, is empty and goes
with the next boot.

${block(changes.filter(isExpected))}
`;
  writeFileSync('generated/reset.md', text);
}

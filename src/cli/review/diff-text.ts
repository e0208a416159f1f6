import { styleText } from 'node:util';
import type { Difference } from '../../render/review/compare.ts';
import { visible } from '../text-width.ts';
import { wantsColor } from '../world.ts';
import type { World } from '../world.ts';

/** As `diff -u` has it, so that its readers and colours know it. */
export function diffText(
  differences: readonly Difference[],
  names: readonly [string, string],
  world: World,
): string {
  const color = wantsColor(world.stdout, world.env);
  const painted = (line: string): string => {
    if (!color) return line;
    const style = line.startsWith('+')
      ? 'green'
      : line.startsWith('-')
        ? 'red'
        : line.startsWith('@@')
          ? 'cyan'
          : null;
    return style === null ? line : styleText(style, line, { validateStream: false });
  };
  return differences
    .map(({ name, state, details, hunks }) => {
      const [from, to] = names.map((side) => `${visible(side)}: ${visible(name)}`);
      const title = [
        `${state}: ${visible(name)}${details.length === 0 ? '' : ` (${details.map(visible).join(', ')})`}`,
        ...(hunks === null
          ? []
          : [
              `--- ${state === 'added' ? '/dev/null' : from}`,
              `+++ ${state === 'removed' ? '/dev/null' : to}`,
            ]),
      ];
      // Tabs stay: what is shown may be applied.
      const body =
        hunks === null
          ? []
          : hunks
              .replace(/\n$/, '')
              .split('\n')
              .map((line) => line.split('\t').map(visible).join('\t'));
      return `${[...title, ...body].map(painted).join('\n')}\n`;
    })
    .join('\n');
}

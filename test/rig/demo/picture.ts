import { markup } from '../../../src/encode/html.ts';
import { shown } from './screen.ts';
import type { Line } from './screen.ts';

/** Pixels: of a line, of a character of a monospaced font at 12 px, and around it all. */
const [height, width, margin] = [18, 7.25, 16];

const colours = { command: '#ffffff', output: '#9ece6a', console: '#7aa2f7', note: '#8a8f98' } as const;

/** Longer lines end with an ellipsis: a picture does not wrap. */
const columns = 132;

const cut = (text: string): string => (text.length > columns ? `${text.slice(0, columns - 1)}…` : text);

/** Blanks that every viewer keeps, however many there are. */
const kept = (text: string): string => text.replaceAll(' ', '\u00a0');

/** The lines as a terminal's picture, an SVG; before each stands the second in which it came. */
export function picture(lines: readonly Line[]): string {
  const rows = lines.map((line, index) => {
    const y = margin + (index + 1) * height - 5;
    const seconds = kept(`${String(line.seconds).padStart(4)} s`);
    return markup`
<text x="${margin}" y="${y}" fill="#5c6370">${seconds}</text><text x="${margin + 8 * width}" y="${y}" fill="${colours[line.kind]}">${kept(cut(shown(line)))}</text>`;
  });
  const size = {
    x: Math.ceil(2 * margin + (columns + 8) * width),
    y: 2 * margin + lines.length * height,
  };
  return `${
    markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.x} ${size.y}" font-family="ui-monospace,Menlo,Consolas,monospace" font-size="12">
<rect width="100%" height="100%" rx="8" fill="#16161e"/>${rows}
</svg>`.text
  }
`;
}

/** A line of the show: what it is, and how many seconds after the start it came. */
export interface Line {
  readonly seconds: number;
  readonly kind: 'command' | 'output' | 'console' | 'note';
  readonly text: string;
}

const marks = { command: '$ ', output: '', console: '  │ ', note: '# ' } as const satisfies Record<
  Line['kind'],
  string
>;

/** A line as a terminal shows it. */
export const shown = ({ kind, text }: Line): string => marks[kind] + text;

/** What a terminal would have shown; each line goes to standard output as it comes. */
export class Screen {
  readonly lines: Line[] = [];
  readonly #start = performance.now();

  add(kind: Line['kind'], text: string): void {
    const line = { seconds: Math.round((performance.now() - this.#start) / 1000), kind, text };
    this.lines.push(line);
    process.stdout.write(`${String(line.seconds).padStart(4)} s  ${shown(line)}\n`);
  }
}

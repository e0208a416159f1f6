/** A fenced block of a document. */
export interface Block {
  /** The document, relative to the repository's root. */
  readonly file: string;
  /** Of its first line of text, from 1. */
  readonly line: number;
  /** The heading that it stands below. */
  readonly heading: string;
  /** Its place among the blocks below that heading, from 1; drawings and the like, which have no language, are not counted. */
  readonly ordinal: number;
  readonly language: string;
  readonly text: string;
}

/** What a block in no language is: nobody runs it. */
const drawing = '';

/** How a command begins. Prose has it in backticks. */
const command = /^\s*(?:\$ |(?:npx |sudo )?flexgen(?:-node)? [a-z]|npm |kubectl |az )/;

/** The fenced blocks of a document, in their order, those without a language too. */
export function blocksOf(file: string, document: string): readonly Block[] {
  const blocks: Block[] = [];
  const counts = new Map<string, number>();
  let heading = '';
  let open: { readonly language: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const [index, line] of document.split('\n').entries()) {
    const fence = /^```(?<language>.*)$/.exec(line)?.groups?.['language'];
    if (fence === undefined) {
      if (open !== undefined) open.lines.push(line);
      else heading = /^#+ (?<words>.*)$/.exec(line)?.groups?.['words'] ?? heading;
    } else if (open === undefined) {
      open = { language: fence, line: index + 2, lines: [] };
    } else {
      const { language, line: start, lines } = open;
      const ordinal = (counts.get(heading) ?? 0) + (language === drawing ? 0 : 1);
      counts.set(heading, ordinal);
      blocks.push({ file, line: start, heading, ordinal, language, text: `${lines.join('\n')}\n` });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${file}:${open.line}: this block has no end`);
  return blocks;
}

/** Lines that look like commands and stand where no test looks: in a block without a language, or indented. */
export function strayCommands(file: string, document: string): readonly string[] {
  const drawn = blocksOf(file, document)
    .filter(({ language }) => language !== 'sh' && language !== 'console')
    .flatMap(({ line, text }) => text.split('\n').map((words, index) => [line + index, words] as const));
  const fenced = new Set(
    blocksOf(file, document).flatMap(({ line, text }) => text.split('\n').map((_, index) => line + index)),
  );
  const indented = document
    .split('\n')
    .map((words, index) => [index + 1, words] as const)
    .filter(([line, words]) => !fenced.has(line) && /^(?: {4}|\t)/.test(words));
  return [...drawn, ...indented]
    .filter(([, words]) => command.test(words))
    .map(([line, words]) => `${file}:${line}: ${words.trim()}`);
}

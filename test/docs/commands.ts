import type { Block } from './blocks.ts';

/** A command of a document, and what the document says that it prints. */
export interface Command {
  /** From 1. */
  readonly line: number;
  /** Continued lines are one. */
  readonly text: string;
  /** null: the document shows nothing of it. */
  readonly shown: string | null;
}

/** Lines that end in a backslash, with those that they go on in. */
function logicalLines({ line, text }: Block): readonly { line: number; text: string }[] {
  const found: { line: number; text: string }[] = [];
  let isOpen = false;
  for (const [index, words] of text.replace(/\n$/, '').split('\n').entries()) {
    const last = found.at(-1);
    if (isOpen && last !== undefined) last.text += `\n${words}`;
    else found.push({ line: line + index, text: words });
    isOpen = words.endsWith('\\');
  }
  return found;
}

const isNoise = (text: string): boolean => /^\s*(?:#|$)/.test(text);

/** The commands of a block of `sh`, all its lines, or of a `console`, those with a prompt. */
export function commandsOf(block: Block): readonly Command[] {
  const lines = logicalLines(block);
  if (block.language === 'sh')
    return lines.filter(({ text }) => !isNoise(text)).map((line) => ({ ...line, shown: null }));
  const commands: { line: number; text: string; shown: string | null }[] = [];
  for (const { line, text } of lines) {
    const last = commands.at(-1);
    if (text.startsWith('$ ')) commands.push({ line, text: text.slice(2), shown: null });
    else if (last !== undefined) last.shown = `${last.shown ?? ''}${text}\n`;
  }
  return commands;
}

/** Words that stand for others, which a reader fills in. */
export const isElided = ({ text }: Command): boolean => text.includes('…');

import { rotateText } from '../../io/rotate-texts.ts';

/** A file that a snippet puts in its place. */
export interface SnippetFile {
  readonly path: string;
  readonly mode: number;
  readonly content: string;
}

export interface Snippet {
  /** One line of what it does. */
  readonly title: string;
  readonly body: 'credential' | 'ca';
  readonly files: readonly SnippetFile[];
  readonly settings?: Readonly<Record<string, string>>;
}

const end = 'FLEXGEN_END';

/** The file as a here-document: what is in it stands on no command line, and is as readable as it will be on the node. */
function put({ path, mode, content }: SnippetFile): string {
  const text = content.endsWith('\n') ? content : `${content}\n`;
  if (text.split('\n').includes(end)) throw new Error(`${path} has a line ${end}`);
  return `put ${mode.toString(8)} ${path} <<'${end}'\n${text}${end}\n`;
}

/** A script that a shell reads from its standard input; it does nothing before its last line is there. */
export function snippetText({ title, body, files, settings = {} }: Snippet): string {
  const values = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  return [
    '#!/bin/bash\n',
    `# flexgen: ${title}\n`,
    rotateText('common.sh'),
    ...values,
    '\nfiles() {\n',
    ...files.map(put),
    '}\n\n',
    rotateText(`${body}.sh`),
    '\nmain </dev/null\n',
  ].join('');
}

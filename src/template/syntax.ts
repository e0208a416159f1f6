import type { Language } from '../encode/index.ts';

/** How to tell from the text before a place whether it is in a comment or in quotes. */
interface Syntax {
  /** Comments, strings and here-documents that are complete. */
  readonly closed: RegExp;
  /** The start of one that is not, in a text without complete ones. */
  readonly open: RegExp;
}

// In systemd and INI files neither reaches beyond its line: `[^\n]*(?![^])` is the rest of the last line.
const LINE_BASED: Syntax = {
  closed: /^[ \t]*[#;][^\n]*\n|"[^"\n]*"|'[^'\n]*'/gm,
  open: /^[ \t]*[#;][^\n]*(?![^])|["'][^\n]*(?![^])/m,
};

const SYNTAX = {
  sh: {
    closed:
      /\\[^]|'[^']*'|"(?:[^"\\]|\\[^])*"|`[^`]*`|(?<![^\s;&|()])#[^\n]*\n|<<-?\s*(["']?)(\w+)\1[^\n]*\n(?:[^]*?\n)??\t*\2(?=\n)/g,
    open: /["'`]|<<-?\s*["']?\w|(?<![^\s;&|()])#/,
  },
  toml: {
    closed: /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*\n/g,
    open: /["'#]/,
  },
  hcl: {
    closed: /"(?:[^"\\\n]|\\.)*"|(?:#|\/\/)[^\n]*\n|\/\*[^]*?\*\/|<<[-~]?(\w+)\n(?:[^]*?\n)??[ \t]*\1(?=\n)/g,
    open: /["#]|\/(?:\/|\*)|<</,
  },
  json: { closed: /"(?:[^"\\\n]|\\.)*"/g, open: /"/ },
  yaml: {
    closed: /(?<![^\s,[{])(?:"(?:[^"\\]|\\[^])*"|'(?:[^']|'')*')|(?<!\S)#[^\n]*\n/g,
    open: /(?<![^\s,[{])["']|(?<!\S)#/,
  },
  env: { closed: /^[ \t]*#[^\n]*\n|"(?:[^"\\]|\\[^])*"|'[^']*'/gm, open: /^[ \t]*#|["']/m },
  unit: LINE_BASED,
  ini: LINE_BASED,
} as const satisfies Record<Language, Syntax>;

/** Whether the place after this text is in a comment, in quotes (or a here-document), or in plain code. */
export function contextAfter(language: Language, text: string): 'comment' | 'quotes' | 'code' {
  const { closed, open } = SYNTAX[language];
  const code = text.replace(closed, (match) => (match.endsWith('\n') ? '\n' : '_'));
  const unclosed = open.exec(code)?.[0].trimStart();
  if (unclosed === undefined) return 'code';
  return /^["'`<]/.test(unclosed) ? 'quotes' : 'comment';
}

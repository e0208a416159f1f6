import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** What Azure refuses, by code. The command line ends with 4 for each code that begins like this. */
type AzureCode = `azure/${string}`;

/** A refusal of Azure, or a reason not to ask. `path` is given where the config says what is wrong. */
export function azureProblem(code: AzureCode, message: string, hint: string, path?: string): Diagnostic {
  return { severity: 'error', code, message, hint, ...(path === undefined ? {} : { path }) };
}

/** What stands between backticks or quotes in a message must not break its line. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

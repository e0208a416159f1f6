import { EncodeError } from './language.ts';

/** Lines of a comment, for every language that begins one with `#`. Nothing in it can end it. */
export function hashComment(lines: readonly string[]): string {
  return lines
    .map((line) => {
      // What any reader of YAML takes for the end of a line.
      if (/[\n\r\u0085\u2028\u2029]|(?!\t)\p{Cc}/u.test(line)) throw new EncodeError('yaml', 'a line break');
      return `${`# ${line}`.trimEnd()}\n`;
    })
    .join('');
}

/** What a secret looks like; its first group is what is masked, or all of it. */
interface Pattern {
  readonly kind: string;
  readonly pattern: RegExp;
}

// What stands for a value, or says where it is: a variable, a command's output, a template, a path, a digest, a word.
const reference =
  '(?!["\']?(?:[$%@.(<&|>*]|\\{\\{|/[\\w.]|sha\\d+:|(?:true|false|null|none|yes|no|disabled|enabled|auto|[|>][-+]?)["\']?(?:[\\s,;}\\]]|$)))';
const value = `${reference}("(?:\\\\.|[^"\\\\\\n])+"|'[^'\\n]+'|[^\\s,;"'}\\])]+)`;
const word =
  '(?:passw(?:or)?d|passphrase|pwd|secret|token|credentials?|api[_-]?key|private[_-]?key|access[_-]?key|account[_-]?key|client[_-]?key|registration[_-]?key|signing[_-]?key|encryption[_-]?key|psk)';

/** Most telling first: what is masked is not looked at again. */
export const patterns: readonly Pattern[] = [
  {
    kind: 'private key',
    pattern:
      /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr])*[A-Za-z0-9+/=:, -]{16}[^]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  },
  { kind: 'token (JWT)', pattern: /\beyJ[\w-]{8,1000}\.[\w-]{8,4000}(?:\.[\w-]{0,2000})?/g },
  { kind: 'shared access signature', pattern: /[?&;]sig=([\w%+/=-]{16,})/gi },
  { kind: 'account key', pattern: /\b(?:AccountKey|SharedAccessKey)=([\w+/=-]{16,})/gi },
  { kind: 'password in a URL', pattern: /:\/\/[^\s/:@"'$<]{0,256}:([^\s/@"'$<]{1,1024})@/g },
  { kind: 'password hash', pattern: /(\$(?:1|2[abxy]|5|6|7|y|gy)\$[./\w$=,-]{16,})/g },
  { kind: 'access key', pattern: /\b((?:AKIA|ASIA)[0-9A-Z]{16})\b/g },
  {
    kind: 'token',
    pattern: /\b(gh[opsur]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[abpr]-[\w-]{10,}|AIza[\w-]{35})/g,
  },
  { kind: 'client secret', pattern: /(?<![\w.~-])([\w.~-]{3}[78]Q~[\w.~-]{31,34})(?![\w.~-])/g },
  {
    kind: 'credentials',
    pattern: /\bauthorization["']?\s*[:=]\s*["']?(?:bearer|basic|token)\s+([^\s"'$<][^\s"']*)/gi,
  },
  { kind: 'credentials', pattern: /(?:^|\s)(?:-u|--user|--proxy-user)[\s=]+["']?[^\s:"'$]+:([^\s"'$<]+)/g },
  { kind: 'key of WireGuard', pattern: /\b(?:PrivateKey|PresharedKey)\s*=\s*([A-Za-z0-9+/]{42,44}=*)/g },
  { kind: 'bootstrap token', pattern: /(?<![\w.-])([a-z0-9]{6}\.[a-z0-9]{16})(?![\w-])(?!\.\w)/g },
  { kind: 'registry credentials', pattern: /"auth"\s*:\s*"([A-Za-z0-9+/=]{8,})"/g },
  {
    kind: 'secret',
    pattern: new RegExp(`(?<![\\w-])--?[\\w-]{0,40}${word}(?:[=]|[ \\t]+)(?!-)${value}`, 'gi'),
  },
  {
    kind: 'secret',
    pattern: new RegExp(
      `["']?\\b(?!nopasswd)[\\w.-]{0,40}${word}(?:[_-]?data|[_-]?value|[_-]?\\d+)?["']?[ \\t]*[:=](?!=)[ \\t]*${value}`,
      'gi',
    ),
  },
];

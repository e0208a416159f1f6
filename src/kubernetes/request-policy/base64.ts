/**
 * Base64 in CEL, as an admission policy can be written in it: the API server's CEL has neither base64 nor numbers of
 * characters, but it has strings to look either up in. These name variables of a policy.
 */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Character by code: those of PEM and of names; a code of zero is what is left of padding, and any other is wrong. */
const characters = Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCodePoint(code);
  if (code === 0) return '_';
  return /[A-Za-z0-9+/=.:\n -]/.test(character) ? character : '!';
}).join('');

/** A text as CEL writes it. */
export const literal = (text: string): string => `'${text.replaceAll('\n', String.raw`\n`)}'`;

/** What the expressions below look up. */
export const tables = [
  { name: 'base64', expression: literal(digits) },
  { name: 'ascii', expression: literal(characters) },
] as const;

const numbers = (count: number): string => `[${Array.from({ length: count }, (_, i) => i).join(', ')}]`;

/** `body` of each i from 0 below 10 × tens while `more` of i is true, joined: CEL has no ranges. */
function joined(tens: number, more: string, body: string): string {
  const inner = `${numbers(10)}.map(d, t * 10 + d).filter(i, ${more}).map(i, ${body}).join('')`;
  return `${numbers(tens)}.map(t, ${inner}).join('')`;
}

/** `body` with a list as `q`, which is worked out once. */
const withList = (items: readonly string[], body: string): string =>
  `[[${items.join(', ')}]].map(q, ${body})[0]`;

const places = [0, 1, 2, 3];

/** The length of the longest base64 that `decoded` reads to its end. */
export const longest = 800;

/** The text of up to 600 characters that the base64 in `name` is of, with a `_` for each `=`. */
export function decoded(name: string): string {
  const four = places.map((place) => `variables.base64.indexOf(${name}.charAt(i * 4 + ${place}))`);
  const codes = ['q[0] * 4 + q[1] / 16', 'q[1] % 16 * 16 + q[2] / 4', 'q[2] % 4 * 64 + q[3]'];
  const text = codes.map((code) => `variables.ascii.charAt(${code})`).join(' + ');
  return joined(20, `i * 4 + 3 < size(${name})`, withList(four, text));
}

/** The base64 of up to 150 of the bytes in the list `name`, from one of them on; what does not fill three is left out. */
export function encoded(name: string, from: number): string {
  const three = places.slice(0, 3).map((place) => `${name}[i * 3 + ${from + place}]`);
  const sixes = ['q[0] / 4', 'q[0] % 4 * 16 + q[1] / 16', 'q[1] % 16 * 4 + q[2] / 64', 'q[2] % 64'];
  const text = sixes.map((six) => `variables.base64.charAt(${six})`).join(' + ');
  return joined(5, `i * 3 + ${from + 2} < size(${name})`, withList(three, text));
}

/** The list of the codes of a text. */
export const codes = (text: string): string => `${text}.split('').map(c, variables.ascii.indexOf(c))`;

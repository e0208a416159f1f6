import { compactJson, jsonDocument } from '../../../src/encode/document.ts';
import { encodeJson } from '../../../src/encode/json.ts';
import { parseList, read } from '../../encode/reader.ts';
import type { Reader } from './reader.ts';
import { wellFormed } from './well-formed.ts';

// -a: it writes all but ASCII as escapes, so that it can't just pass bytes through.
const jq = (texts: readonly string[], folder: string) => {
  const output = read('jq', ['-a', '-s', '-c', '.'], { input: texts.join('\n'), cwd: folder });
  return output === undefined ? undefined : parseList(output);
};

export const json: readonly Reader[] = [
  { name: 'jq, a value', writer: 'encode/json.ts', batch: 10_000, encode: encodeJson, read: jq },
  {
    name: 'jq, a document',
    writer: 'encode/document.ts: jsonDocument, compactJson',
    batch: 10_000,
    encode: (value) => `[${jsonDocument({ [wellFormed(value)]: value })},${compactJson([value])}]`,
    read: jq,
    expected: (value) => [{ [value]: value }, [value]],
  },
];

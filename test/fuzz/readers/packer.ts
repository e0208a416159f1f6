import { writeFileSync } from 'node:fs';
import { jsonDocument } from '../../../src/encode/document.ts';
import { encodeHcl } from '../../../src/encode/hcl.ts';
import { parseList, read } from '../../encode/reader.ts';
import { wellFormed } from './well-formed.ts';
import type { Reader } from './reader.ts';

const batch = 5000;

function ask(expression: string, args: readonly string[], folder: string) {
  const output = read('packer', ['console', ...args], {
    // In base64, since Packer normalises each string anew, JSON as well.
    input: `jsonencode([for one in ${expression} : base64encode(one)])\n`,
    env: { CHECKPOINT_DISABLE: '1', HOME: '/nonexistent' },
    cwd: folder,
  });
  return output === undefined
    ? undefined
    : parseList(output).map((one) => Buffer.from(String(one), 'base64').toString());
}

export const packer: readonly Reader[] = [
  {
    name: 'Packer, HCL',
    writer: 'encode/hcl.ts',
    batch,
    encode: encodeHcl,
    read: (tokens, folder) => {
      const lines = tokens.map((token) => `    ${token},\n`).join('');
      writeFileSync(`${folder}/values.pkr.hcl`, `locals {\n  all = [\n${lines}  ]\n}\n`);
      return ask('local.all', ['values.pkr.hcl'], folder);
    },
  },
  {
    name: 'Packer, values of variables',
    writer: 'encode/document.ts: jsonDocument',
    batch,
    // As HCL has it: each string is in Unicode form NFC.
    encode: (value) => jsonDocument(wellFormed(value).normalize('NFC')),
    read: (tokens, folder) => {
      writeFileSync(`${folder}/values.pkr.hcl`, 'variable "all" { type = list(string) }\n');
      writeFileSync(`${folder}/values.pkrvars.json`, `{"all": [${tokens.join(',')}]}\n`);
      return ask('var.all', ['-var-file=values.pkrvars.json', 'values.pkr.hcl'], folder);
    },
    expected: (value) => value.normalize('NFC'),
  },
];

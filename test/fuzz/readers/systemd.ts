import { encodeEnv } from '../../../src/encode/env.ts';
import { encodeUnit } from '../../../src/encode/unit.ts';
import { readEnvironmentFile, readUnitEnvironment } from '../../encode/systemd.ts';
import type { Reader } from './reader.ts';

const batch = 2000;

const inOrder = (tokens: readonly string[], variables: Readonly<Record<string, string>> | undefined) =>
  variables && tokens.map((_, index) => variables[`V${index}`]);

export const systemd: readonly Reader[] = [
  {
    name: 'systemd, EnvironmentFile=',
    writer: 'encode/env.ts',
    batch,
    encode: encodeEnv,
    read: (tokens) =>
      inOrder(tokens, readEnvironmentFile(tokens.map((token, index) => `V${index}=${token}\n`).join(''))),
  },
  {
    name: 'systemd, a unit',
    writer: 'encode/unit.ts',
    batch,
    encode: encodeUnit,
    read: (tokens) =>
      inOrder(
        tokens,
        readUnitEnvironment(tokens.map((token, index) => `Environment=V${index}=${token}\n`).join('')),
      ),
  },
];

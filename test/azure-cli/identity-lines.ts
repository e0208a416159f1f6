import type { Ended } from './support.ts';

export const subscription = '3f9c5d1a-5a0c-4f57-9a55-0d1a86b6f0c2';
export const groupId = `/subscriptions/${subscription}/resourceGroups/rg-edge`;
export const clusterId = `${groupId}/providers/Microsoft.ContainerService/managedClusters/aks1`;

/** Of the user who is signed in to `az`. */
export const operatorId = '2f3e4d5c-6b7a-4899-88b7-c6d5e4f30212';

export const roleName = 'Azure Kubernetes Service Cluster User Role';
export const roleId = '4abbcc35-e782-43d8-92c5-2d3f1bd2253f';

/** Where the key of machine edge-01 is kept. */
export const keyFile = `.flexgen/arc/${subscription}/rg-edge/edge-01.json`;

type Mark = '+' | '~' | '=' | '-';

export const keyLine = (mark: Mark): string => `${mark} key ${keyFile}  RSA of 2048 bits, mode 0600\n`;

export const machineLine = (mark: Mark, rest = ''): string =>
  `${mark} machine edge-01  resource group rg-edge, westeurope${rest}\n`;

export const roleLine = (mark: Mark, holder = 'machine edge-01'): string =>
  `${mark} role assignment ${roleName}  ${holder} on aks1\n`;

/** What stands in a run's standard output where all three have the same mark. */
export const allLines = (mark: Mark): string => keyLine(mark) + machineLine(mark) + roleLine(mark);

export const ended = (code: number, stdout: string, stderr: string): Ended => ({ code, stdout, stderr });

export interface Place {
  readonly line: number;
  readonly text: string;
  readonly column: number;
  readonly length: number;
}

/** The config's `auth`, as every test here writes it. */
const auth: Place = { line: 6, text: '  "auth": {', column: 11, length: 1 };

/** The config's resource id, of which as much is shown as fits. */
export const atResourceId: Place = {
  line: 4,
  text: `    "resourceId": "${clusterId.slice(0, 81)}…`,
  column: 19,
  length: 82,
};

/** A diagnostic at a place of edge.yaml, as it is printed. */
export function diagnostic(message: string, hint = '', place: Place = auth, severity = 'error'): string {
  const { line, text, column, length } = place;
  const gutter = ' '.repeat(`${line}`.length);
  const pointer = `${' '.repeat(column - 1)}${'^'.repeat(length)}`;
  const beside = hint !== '' && pointer.length + 1 + hint.length <= 100;
  const below = hint === '' || beside ? '' : `${gutter} = ${hint}\n`;
  return `${severity}: ${message}
${gutter}--> edge.yaml:${line}:${column}
${gutter} |
${line} | ${text}
${gutter} | ${pointer}${beside ? ` ${hint}` : ''}
${below}`;
}

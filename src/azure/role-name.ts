import { createHash } from 'node:crypto';

/** Of the names that flexgen gives to role assignments. */
const namespace = Buffer.from('0b4c1f6e2a7d4e539c80d15e7a3b9f42', 'hex');

/** A UUID of version 5 (RFC 9562): the same for the same text, wherever it is made. */
function uuid5(text: string): string {
  const bytes = createHash('sha1').update(namespace).update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20]].map(([from, to]) => hex.slice(from, to)).join('-');
}

/** The name of an assignment, so that who asks for the same again sends the same request. */
export function assignmentName(scope: string, principalId: string, roleId: string): string {
  return uuid5([scope, principalId, roleId].join('|').toLowerCase());
}

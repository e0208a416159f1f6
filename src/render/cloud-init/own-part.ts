import { isMime } from './mime.ts';
import type { MimePart } from './mime.ts';

/** What cloud-init tells from the beginning of a text, by its own table. A longer beginning comes before a shorter one. */
const beginnings: readonly (readonly [string, string])[] = [
  ['#!', 'text/x-shellscript'],
  ['#cloud-boothook', 'text/cloud-boothook'],
  ['#cloud-config-archive', 'text/cloud-config-archive'],
  ['#cloud-config-jsonp', 'text/cloud-config-jsonp'],
  ['#include-once', 'text/x-include-once-url'],
  ['#include', 'text/x-include-url'],
  ['#part-handler', 'text/part-handler'],
  ['## template: jinja', 'text/jinja2'],
];

/**
 * The user's own user-data as a part of a message: null where it is a cloud-config, or nothing that cloud-init knows, which
 * `mergeUserData` tells apart.
 */
export function ownPart(text: string): MimePart | null {
  if (isMime(text)) return { type: 'multipart/mixed', text };
  const known = beginnings.find(([beginning]) => text.startsWith(beginning));
  return known === undefined ? null : { type: known[1], text };
}

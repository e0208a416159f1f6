import { visible } from '../text-width.ts';

/** One thing of an identity: what it is, and what has to happen to it, or did. */
export interface Item {
  readonly action: 'create' | 'change' | 'keep' | 'delete';
  readonly kind: 'key' | 'machine' | 'role assignment' | 'service principal';
  readonly name: string;
  readonly detail: string;
}

const marks = { create: '+', change: '~', keep: '=', delete: '-' } as const satisfies Record<
  Item['action'],
  string
>;

/** An item as a line that reads like a diff. */
export function itemText({ action, kind, name, detail }: Item): string {
  return `${marks[action]} ${kind} ${visible(name)}${detail === '' ? '' : `  ${visible(detail)}`}\n`;
}

/** What has to be done, or was. */
export const isWrite = ({ action }: { readonly action: string }): boolean => action !== 'keep';

import { visible } from './text-width.ts';

/** What has to happen to a thing, or did, and the sign for it in a line that reads like a diff. */
export const marks = { create: '+', change: '~', replace: '~', keep: '=', delete: '-' } as const;

type Action = keyof typeof marks;

/** Whether anything has to be done, or was. */
export const isWrite = ({ action }: { readonly action: Action }): boolean => action !== 'keep';

/** A thing, what happens to it, and what there is to say of it. */
interface Line {
  readonly action: Action;
  readonly kind: string;
  readonly name: string;
  readonly detail: string;
}

export const lineOf = ({ action, kind, name, detail }: Line): string =>
  `${marks[action]} ${kind} ${visible(name)}${detail === '' ? '' : `  ${visible(detail)}`}\n`;

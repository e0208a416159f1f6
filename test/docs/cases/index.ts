import { unrun } from '../case.ts';
import type { Cases } from '../case.ts';
import { azure } from './azure.ts';
import { begin } from './begin.ts';
import { fleet } from './fleet.ts';
import { later } from './later.ts';
import { machines } from './machines.ts';
import { payload } from './payload.ts';
import { supply } from './supply.ts';

/** Every document with blocks, and what is done with each. */
export const cases: Readonly<Record<string, Cases>> = {
  'README.md': { ...begin, ...azure, ...supply, ...payload, ...fleet, ...later, ...machines },
  'generated/reset.md': {
    'Of another boot with other user-data': [unrun('the rig writes it, and compares it with each reset')],
  },
};

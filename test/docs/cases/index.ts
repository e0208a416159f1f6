import { unrun } from '../case.ts';
import type { Cases } from '../case.ts';
import { azure } from './azure.ts';
import { bake } from './bake.ts';
import { begin } from './begin.ts';
import { fleet } from './fleet.ts';
import { later } from './later.ts';
import { machines } from './machines.ts';
import { payload } from './payload.ts';
import { supply } from './supply.ts';

/** Every document with blocks, and what is done with each. */
export const cases: Readonly<Record<string, Cases>> = {
  'README.md': { ...begin, ...azure, ...later },
  'packer/README.md': bake,
  'templates/config/README.md': { ...supply, ...machines },
  'templates/provisioners/README.md': payload,
  'templates/scaling-groups/README.md': fleet,
  'generated/reset.md': {
    'Of others': [unrun('the rig writes it, and compares it with each reset')],
  },
};

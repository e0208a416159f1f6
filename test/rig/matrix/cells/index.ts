import type { Cell } from '../cell.ts';
import { apiServerCells } from './api-server.ts';
import { hostCells } from './host.ts';
import { identityCells } from './identity.ts';
import { mirrorCells } from './mirror.ts';
import { networkCells } from './network.ts';
import { requestCells } from './requests.ts';

/** Every cell of the fault matrix, those that wait longest first. */
export const cells: readonly Cell[] = [
  ...apiServerCells,
  ...requestCells,
  ...networkCells,
  ...identityCells,
  ...mirrorCells,
  ...hostCells,
];

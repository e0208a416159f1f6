import type { ReadContext } from '../../config/mode.ts';

/** Whether the config is for many machines with one payload: it says that each has its own host name. */
export const isForGroup = ({ written }: Pick<ReadContext, 'written'>): boolean => written('node.name.from');

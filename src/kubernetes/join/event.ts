import type { DataMap } from '../../config/data.ts';
import { fieldsIn, textIn } from '../json.ts';

/** What was said of a node, by its kubelet or by a controller. */
export interface NodeEvent {
  readonly uid: string;
  readonly node: string;
  /** Normal or Warning. */
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** When it was last said. */
  readonly last: string;
}

export function nodeEvent(object: DataMap): NodeEvent {
  const metadata = fieldsIn(object, 'metadata');
  return {
    uid: textIn(metadata, 'uid'),
    node: textIn(fieldsIn(object, 'involvedObject'), 'name'),
    type: textIn(object, 'type'),
    reason: textIn(object, 'reason'),
    message: textIn(object, 'message'),
    last:
      textIn(object, 'lastTimestamp') || textIn(object, 'eventTime') || textIn(metadata, 'creationTimestamp'),
  };
}

/** kubelet says it at each start, before it knows its disks. */
const usual: ReadonlySet<string> = new Set(['InvalidDiskCapacity']);

/** Whether it says that something is wrong. */
export const isWarning = ({ type, reason }: NodeEvent): boolean => type === 'Warning' && !usual.has(reason);

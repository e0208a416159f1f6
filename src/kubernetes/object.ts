import { isMap } from '../config/data.ts';
import type { DataMap } from '../config/data.ts';
import type { Kind, ObjectId } from './kinds.ts';

/** An object as flexgen wants it. */
export interface WantedObject extends ObjectId {
  /** Beside the one that marks it as flexgen's. */
  readonly labels: Readonly<Record<string, string>>;
  /** All but apiVersion, kind and metadata, in the API server's own form: what is compared must be what it would answer. */
  readonly content: DataMap;
}

/** An object as the API server has it. */
export interface FoundObject extends ObjectId {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly content: DataMap;
}

/** What marks an object as flexgen's, and is the name of its field manager. */
export const managerLabel = 'app.kubernetes.io/managed-by';
export const manager = 'flexgen';

/** Whom an object is for, where its name does not say it. */
export const ownerLabel = 'app.kubernetes.io/instance';

/** An answer of the API server as an object; it always is one, and the compiler wants to hear it. Lists leave the kind out. */
export function foundObject(kind: Kind, answer: unknown): FoundObject | undefined {
  if (!isMap(answer) || !isMap(answer['metadata'])) return undefined;
  const { metadata, apiVersion: _version, kind: _kind, ...content } = answer;
  const { name, namespace, uid, resourceVersion, labels } = metadata;
  return {
    kind,
    namespace: typeof namespace === 'string' ? namespace : null,
    name: String(name),
    uid: String(uid),
    resourceVersion: String(resourceVersion),
    labels: isMap(labels) ? labels : {},
    content,
  };
}

/** Whether flexgen has made it; only then may it be changed or deleted. */
export function isOurs({ labels, name, kind }: FoundObject): boolean {
  const hasOurName =
    (kind === 'RuntimeClass' && name === 'nvidia') || /^(?:flexgen[:-]|bootstrap-token-)/.test(name);
  return labels[managerLabel] === manager && hasOurName;
}

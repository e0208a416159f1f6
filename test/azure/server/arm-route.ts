import { randomUUID } from 'node:crypto';
import { armError } from './arm-errors.ts';
import type { Answer, ReadRequest } from './http.ts';
import type { Principal } from './tokens.ts';

/** A request whose form is right, from someone who may send it. */
export interface Call {
  readonly request: ReadRequest;
  /** The named parts of the path; `''` for one that is not there. */
  readonly names: (name: string) => string;
  readonly principal: Principal;
}

/** A request that ARM or one of its resource providers knows. */
export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Its groups `subscription` and `group` are looked up before the route answers. */
  readonly path: RegExp;
  /** As errors name it. */
  readonly type: string;
  /** Of the provider that must be registered. */
  readonly namespace?: string;
  readonly versions: readonly string[];
  /** Query parameters beside api-version, with their values; null = any. */
  readonly parameters: Readonly<Record<string, readonly string[] | null>>;
  /** What the caller must be allowed to do; null = whoever sees the subscription may. */
  readonly permission: string | null;
  answer(call: Call): Answer;
}

export const succeeded = (body: object, status = 200): Answer => ({
  status,
  body,
  headers: { 'x-ms-request-id': randomUUID(), 'cache-control': 'no-cache' },
});

/** 204: nothing to send. */
export const nothing: Answer = { status: 204, body: null };

export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export function resourceNotFound(type: string, name: string, group: string): Answer {
  return armError(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${group}' was not found. ` +
      'For more details please go to https://aka.ms/ARMResourceNotFoundFix',
  );
}

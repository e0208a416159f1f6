/** What one role lets its holder do: actions with `*` in them, less other such actions. */
export interface Permission {
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
}

/** `*` stands for any text, slashes included; the case does not matter. */
function matches(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
}

/** Whether one of the entries grants an action; what one takes away, another may still give. */
export function allowed(permissions: readonly Permission[], action: string): boolean {
  const any = (patterns: readonly string[] = []) => patterns.some((pattern) => matches(pattern, action));
  return permissions.some(({ actions, notActions }) => any(actions) && !any(notActions));
}

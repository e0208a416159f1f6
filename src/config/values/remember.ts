/** More texts than one config has; each is short. */
const most = 512;

/** The same function, which asks once about a text that comes again soon: the nodes of a fleet share most of theirs. */
export function remembering<T>(ask: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before.answer;
    const answer = ask(text);
    if (known.size >= most) known.clear();
    known.set(text, { answer });
    return answer;
  };
}

/** A place in the config as segments: `['nodes', 3, 'name']`. */
export type Path = readonly (string | number)[];

const plainKey = /^[A-Za-z_][\w-]*$/;

/** `nodes[3].name`; a key that is no plain word is quoted: `node.labels["example.com/rack"]`. */
export function formatPath(path: Path): string {
  return path
    .map((segment, index) => {
      if (typeof segment === 'number') return `[${segment}]`;
      if (!plainKey.test(segment)) return `[${JSON.stringify(segment)}]`;
      return index === 0 ? segment : `.${segment}`;
    })
    .join('');
}

/** The segments of what `formatPath` wrote. Text that it would not write is one segment as it stands. */
export function parsePath(text: string): Path {
  const path: (string | number)[] = [];
  const token = /\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) return [text];
    const [, key, index, quoted] = match;
    if (key !== undefined) path.push(key);
    else if (index !== undefined) path.push(Number(index));
    else path.push(String(JSON.parse(quoted ?? '""')));
  }
  return path;
}

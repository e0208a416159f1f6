export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

// Up to nine digits each, which a number holds exactly.
const pattern = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

/** Reads `1.36.4`. Anything else (`v1.36.4`, `1.36`, `1.36.4-rc.1`) is undefined: none of it is a release's name here. */
export function parseVersion(text: string): Version | undefined {
  const match = pattern.exec(text);
  return match ? { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) } : undefined;
}

/** Below 0 when `a` is older than `b`, 0 when they are the same, above 0 when it is newer. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

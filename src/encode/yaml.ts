import { dump } from 'js-yaml';
import type { Encodable, Scalar } from './language.ts';
import { listOr, scalarText } from './scalar.ts';

/**
 * A YAML value on one line, which YAML 1.1 (PyYAML, so cloud-init) and 1.2 read alike, in block and in flow context.
 * Strings are always quoted: whether a plain one is safe depends on where it stands.
 */
export function encodeYaml(value: Encodable): string {
  return listOr(value, scalar);
}

function scalar(value: Scalar): string {
  scalarText('yaml', value);
  return dump([value], { flowLevel: 0, lineWidth: -1, forceQuotes: true }).trimEnd().slice(1, -1);
}

import { quote } from '../quote.ts';
import { contains, overlap, parseCidr } from '../values/cidr.ts';
import { parseAddress } from '../values/ip.ts';
import { podCidrOf, podCidrPath } from './pod-cidr.ts';
import type { Rule } from './rule.ts';

/** The node's own address may not be one of its pods'. */
export const nodeNetworks: Rule = ({ config, report }) => {
  const pods = podCidrOf(config);
  const { ip } = config.node;
  if (pods === undefined || ip === undefined) return;
  const network = parseCidr(ip.cidr ?? '');
  const address = parseAddress(ip.address ?? '');
  const clash =
    (network !== undefined && overlap(network, pods.cidr)) ||
    (address !== undefined && contains(pods.cidr, address));
  if (!clash) return;
  const message = `${quote(pods.text)} overlaps \`node.ip\` (${quote(ip.cidr ?? ip.address ?? '')})`;
  report(podCidrPath, {
    code: 'config/overlap',
    message,
    hint: 'give the pods a range that is used nowhere else',
  });
};

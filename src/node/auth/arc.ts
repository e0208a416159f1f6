import { clouds } from '../../config/clouds.ts';
import { isMap } from '../../config/data.ts';
import { compactJson } from '../../encode/document.ts';
import { textFile, withSecret } from '../files.ts';
import type { ModeDefinition, NodeFile, PlanContext } from '../plan.ts';
import { agentProperty, readAgent } from './arc-agent.ts';
import { agentContribution } from './arc-package.ts';
import { checkGroup } from './arc-group.ts';
import { arcMachine } from './arc-machine.ts';
import type { ArcMachine } from './arc-machine.ts';
import { onboardingProperties, onboardingSettings, readOnboarding } from './arc-onboarding.ts';
import type { Arc } from './arc-mode.ts';
import { guidOf, identityProperties, readIdentity, textAt } from './entra-identity.ts';
import { rsaScript } from './primes.ts';
import { tokenHook, tokenScript } from './token-files.ts';

const ofCluster = 'Default: that of the cluster.';

/** The keys of `tags` and their values are texts: the schema has seen to it. */
const tagsOf = (raw: unknown): Readonly<Record<string, string>> =>
  isMap(raw) ? Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, String(value)])) : {};

/** What `azcmagent connect --config` reads: its keys are the names of its flags. */
function connectFile(machine: ArcMachine, auth: Arc, context: PlanContext): NodeFile {
  const tags = Object.entries(machine.tags).map(([name, value]) => `${name}=${value}`);
  const settings = {
    'subscription-id': machine.subscriptionId,
    'resource-group': machine.resourceGroup,
    ...(machine.name === null ? {} : { 'resource-name': machine.name }),
    'location': machine.location,
    'tenant-id': machine.tenantId,
    'cloud': clouds[context.spec.azure.cloud].agentName,
    // A machine that is registered has its tags already.
    ...(tags.length === 0 || auth.onboarding.kind === 'preregistered' ? {} : { tags: tags.join(',') }),
    ...onboardingSettings(auth.onboarding, (ref) => context.secret(ref)),
  };
  return textFile('/var/lib/flexgen/azcmagent.json', compactJson(settings), withSecret);
}

/** The agent is told its proxy on a command line, which everybody on the machine can read. */
function checkProxy(context: PlanContext): void {
  const { proxy } = context.spec;
  for (const key of ['http', 'https'] as const) {
    if (proxy[key] === null || proxy[key].login === null) continue;
    context.report(`proxy.${key}.password`, {
      severity: 'error',
      code: 'auth/arc-proxy',
      message: 'Arc’s agent is not known to take a proxy with a password',
      hint: 'let the machine through by its address, without a password, or use another `auth.mode`',
    });
  }
}

export const arc: ModeDefinition<Arc> = {
  mode: 'arc',
  summary: 'a machine of Azure Arc; its agent gets tokens, and no secret of Azure is in the payload',
  properties: {
    subscriptionId: { $ref: '#/$defs/guid', description: `The machine’s subscription. ${ofCluster}` },
    resourceGroup: {
      type: 'string',
      format: 'resource-group',
      description: `The machine’s resource group. ${ofCluster}`,
      examples: ['edge-machines'],
    },
    location: {
      type: 'string',
      format: 'region',
      description: `The region that keeps the machine’s record. ${ofCluster}`,
      examples: ['westeurope'],
    },
    tenantId: { $ref: '#/$defs/guid', description: `The machine’s tenant. ${ofCluster}` },
    machineName: {
      type: 'string',
      format: 'machine-name',
      description: 'The machine’s name in Azure. Default: `node.name`.',
      examples: ['factory-7-edge-01'],
    },
    tags: {
      description: 'The machine’s tags in Azure.',
      type: 'object',
      propertyNames: { type: 'string', format: 'tag-name' },
      additionalProperties: {
        type: 'string',
        format: 'tag-value',
        description: 'The tag’s value.',
        examples: ['factory-7'],
      },
      examples: [{ site: 'factory-7' }],
    },
    ...onboardingProperties,
    agent: agentProperty,
    ...identityProperties(
      'The object (principal) id of the machine’s identity, for `flexgen cluster`. Default: what Azure says of the machine.',
    ),
  },
  required: [],
  read(raw, context) {
    const onboarding = readOnboarding(raw, context);
    checkGroup(onboarding, context);
    return {
      mode: 'arc',
      subscriptionId: guidOf(raw['subscriptionId']),
      resourceGroup: textAt(raw['resourceGroup']),
      location: textAt(raw['location']),
      tenantId: guidOf(raw['tenantId']),
      machineName: textAt(raw['machineName']),
      tags: tagsOf(raw['tags']),
      onboarding,
      agent: readAgent(raw['agent']),
      ...readIdentity(raw, 'the machine’s identity', context),
    };
  },
  contribute(auth, context) {
    const machine = arcMachine(auth, context.spec, context.facts);
    if (!machine.ok) {
      for (const { path = 'auth', ...problem } of machine.errors) context.report(path, problem);
      return {};
    }
    checkProxy(context);
    const agent = agentContribution(auth, context);
    return {
      ...agent,
      hooks: [tokenHook(auth.credentialUse), 'arc', ...(agent.hooks ?? [])],
      files: [
        tokenScript('himds', context),
        ...(agent.files ?? []),
        ...(auth.onboarding.kind === 'preregistered' ? [rsaScript(context)] : []),
        connectFile(machine.value, auth, context),
      ],
    };
  },
};

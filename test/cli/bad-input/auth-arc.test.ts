import { withAuth } from '../sample.ts';
import { refuses } from './refuses.ts';

const arc = (keys: string, more = ''): string => withAuth(`arc${keys}`, more);
const place =
  ', subscriptionId: 33333333-4444-4555-8666-777777777777, resourceGroup: g, location: westeurope, tenantId: 99999999-8888-4777-8666-555555555555';
const named = 'node: { name: edge-01 }\n';

refuses('Arc machines', [
  {
    name: 'that are nowhere',
    config: arc('', named),
    stderr: ['subscriptionId', 'resourceGroup', 'location', 'tenantId']
      .map(
        (key) => `error: nothing says the Arc machine’s \`${key}\`
 --> flexgen.yaml:3:7
  |
3 | auth: { mode: arc }
  |       ^^^^^^^^^^^^^
  = add \`${key}\` to \`auth\`; \`cluster.resourceId\`, or facts of \`flexgen facts\`, say it too
`,
      )
      .join('\n'),
  },
  {
    name: 'without a name',
    config: arc(place),
    stderr: `error: a machine that is registered before it boots needs a name
 --> flexgen.yaml:3:7
  |
3 | auth: { mode: arc, subscriptionId: 33333333-4444-4555-8666-777777777777, resourceGroup: g, location:…
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = set \`node.name\`, or \`machineName\`; for a group with one payload use \`onboarding: service-principal\`
`,
  },
  {
    name: 'whose name is none',
    config: arc(`${place}, machineName: "edge 01"`),
    stderr: `error: this is not a name that an Arc machine may have
 --> flexgen.yaml:3:175
  |
3 | …66-555555555555, machineName: "edge 01" }
  |                                ^^^^^^^^^ letters, digits, \`-\`, \`_\` and \`.\`; at most 54 characters
`,
  },
  {
    name: 'whose node’s name is too long',
    config: arc(place, `node: { name: ${'a'.repeat(55)} }\n`),
    stderr: `error: the node’s name is not one that an Arc machine may have
 --> flexgen.yaml:5:15
  |
5 | node: { name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa }
  |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = set \`auth.machineName\`: letters, digits, \`-\`, \`_\` and \`.\`; at most 54 characters
`,
  },
  {
    name: 'in a group that is none',
    config: arc(place.replace('g,', '"g.",'), named),
    stderr: `error: this is not the name of a resource group
 --> flexgen.yaml:3:89
  |
3 | …-777777777777, resourceGroup: "g.", location: westeurope, tenantId: 99999999-8888-4777-8666-5555555…
  |                                ^^^^
  = letters, digits, \`-\`, \`_\`, \`.\` and parentheses; at most 90 characters, and no \`.\` at the end
`,
  },
  {
    name: 'in a region as people write it',
    config: arc(place.replace('westeurope', 'West Europe'), named),
    stderr: `error: this is not the name of an Azure region
 --> flexgen.yaml:3:102
  |
3 | …, resourceGroup: g, location: West Europe, tenantId: 99999999-8888-4777-8666-555555555555 }
  |                                ^^^^^^^^^^^
  = write it like \`westeurope\`; \`az account list-locations --query [].name\` lists them
`,
  },
  {
    name: 'with a tag that Azure refuses',
    config: arc(`${place}, tags: { "a/b": c }`, named),
    stderr: `error: this is not a name that a tag may have
 --> flexgen.yaml:3:170
  |
3 | …77-8666-555555555555, tags: { "a/b": c } }
  |                                ^^^^^ at most 512 characters, none of \`<>%&\\?/\`
`,
  },
  {
    name: 'that register themselves with a tag that the agent can’t set',
    config: arc(`${place}, tags: { a: "b,c" }, onboarding: access-token`, named),
    stderr: `error: the agent can’t set a tag with a comma or an equals sign
 --> flexgen.yaml:3:173
  |
3 | …8666-555555555555, tags: { a: "b,c" }, onboarding: access-token }
  |                                ^^^^^
  = leave them out, or use \`onboarding: preregistered\`, which sets tags from here
`,
  },
  {
    name: 'that register themselves as nobody',
    config: arc(`${place}, onboarding: service-principal`, named),
    stderr: `error: \`onboarding: service-principal\` needs \`servicePrincipal\`
 --> flexgen.yaml:3:174
  |
3 | …666-555555555555, onboarding: service-principal }
  |                                ^^^^^^^^^^^^^^^^^
  = add \`servicePrincipal: {clientId: GUID, secret: {env: NAME}}\`
`,
  },
  {
    name: 'with a principal that is not used',
    config: arc(
      `${place}, servicePrincipal: { clientId: 11111111-2222-4333-8444-555555555555, secret: { file: token } }`,
      named,
    ),
    stderr: `error: \`onboarding: preregistered\` uses no \`servicePrincipal\`
 --> flexgen.yaml:3:162
  |
3 | …-8888-4777-8666-555555555555, servicePrincipal: { clientId: 11111111-2222-4333-8444-555555555555, s…
  |                                ^^^^^^^^^^^^^^^^ remove it, or write \`onboarding: service-principal\`
`,
  },
  {
    name: 'of a release that the agent is not published for',
    config: arc(place, 'node: { name: edge-01, os: debian-13 }\n'),
    stderr: `error: Arc’s agent is not published for debian-13
 --> flexgen.yaml:5:28
  |
5 | node: { name: edge-01, os: debian-13 }
  |                            ^^^^^^^^^
  = use another release, or set \`auth.agent.repository\`, or name a lock file that has \`azcmagent\`
`,
  },
  {
    name: 'with a key that has half a fingerprint',
    config: arc(`${place}, agent: { keyFingerprint: BC528686B50D79E3 }`, named),
    stderr: `error: this is not the fingerprint of an OpenPGP key
 --> flexgen.yaml:3:187
  |
3 | …555, agent: { keyFingerprint: BC528686B50D79E3 } }
  |                                ^^^^^^^^^^^^^^^^
  = all 40 hex digits, without spaces; \`gpg --show-keys FILE\` prints them
`,
  },
  {
    name: 'with a repository that is not encrypted',
    config: arc(`${place}, agent: { repository: http://apt.example/prod }`, named),
    stderr: `error: http is not safe here
 --> flexgen.yaml:3:183
  |
3 | …5555555, agent: { repository: http://apt.example/prod } }
  |                                ^^^^^^^^^^^^^^^^^^^^^^^ write \`https://\`
`,
  },
  {
    name: 'with a version that is none',
    config: arc(`${place}, agent: { version: newest }`, named),
    stderr: `error: this is not the version of a package
 --> flexgen.yaml:3:180
  |
3 | …5555555555, agent: { version: newest } }
  |                                ^^^^^^
  = write it as \`apt-cache madison azcmagent\` prints it, e.g. \`1.60.03293.809\`
`,
  },
]);

import { machineObjectId } from '../../../azure/server/imds.ts';
import type { NodeWish } from '../../node-config.ts';
import { hostFromMachine } from '../../services/control-plane-args.ts';
import type { Cell, CellStage } from '../cell.ts';
import type { Entra } from '../entra.ts';
import type { Lead } from '../front.ts';

const setting = 'namespaces';
const unlimited: Cell['lift'] = async ({ site }) => {
  site.entra.answer();
  await site.entra.front.turn('through');
};

interface EntraFault {
  readonly fault: string;
  readonly bring: (entra: Entra) => Promise<void> | void;
  readonly says: RegExp;
}

const busy = {
  status: 429,
  headers: { 'retry-after': '3600' },
  body: {
    error: 'temporarily_unavailable',
    error_description: 'AADSTS90055: The server has terminated the request due to excessive request rate.',
  },
} as const;

const entraFaults: readonly EntraFault[] = [
  {
    fault: 'Entra is away',
    bring: ({ front }) => front.turn('refused'),
    says: /curl: \(7\) .*[Cc]onnect/,
  },
  { fault: 'Entra does not answer', bring: ({ front }) => front.turn('silent'), says: /curl: \(28\) .*time/ },
  { fault: 'Entra answers 429', bring: ({ answer }) => answer(busy), says: /AADSTS90055: / },
  {
    fault: 'Entra answers 503 without a word',
    bring: ({ answer }) => answer({ status: 503, body: null }),
    says: /HTTP 503/,
  },
  { fault: 'wrong secret', bring: ({ answer }) => answer('secret'), says: /AADSTS7000215: / },
  { fault: 'expired secret', bring: ({ answer }) => answer('expiredSecret'), says: /AADSTS7000222: / },
];

const entraCells = entraFaults.map(({ fault, bring, says }): Cell => ({
  step: 'identity',
  fault,
  setting,
  wish: { auth: 'service-principal' },
  prepare: async ({ site }) => bring(site.entra),
  verdict: new RegExp(String.raw`FAILED at identity \(41\): no token: ${says.source}`),
  lift: unlimited,
}));

/** flexgen has its token; kubelet, which asks for one of its own, has none. */
function entraGone(): Cell {
  let turned: Promise<void>;
  return {
    step: 'registered',
    fault: 'Entra is away',
    setting,
    wish: { auth: 'service-principal' },
    prepare: async ({ site }) => {
      turned = site.entra.front.turnAfter(1, 'refused');
    },
    strike: () => turned,
    verdict: /FAILED at registered \(61\): \S+ is not in rig: .*token\.sh/,
    lift: unlimited,
  };
}

const imdsFault = (fault: string, lead: Lead, says: RegExp): Cell => ({
  step: 'identity',
  fault,
  setting,
  wish: { auth: 'managed-identity' },
  prepare: async ({ site }) => {
    await site.controlPlane.applyFlexgenRbac({ objectIds: [machineObjectId] });
    await site.imds.turn(lead);
  },
  verdict: new RegExp(String.raw`FAILED at identity \(41\): no token: ${says.source}`),
  lift: ({ site }) => site.imds.turn('through'),
});

const arc = { auth: 'arc', cluster: 'resource-id' } as const satisfies Partial<NodeWish>;

/** A cloud-config whose commands run before anything of the payload. */
const first = (...bootcmd: readonly (readonly string[])[]): string =>
  `#cloud-config\n${JSON.stringify({ bootcmd })}\n`;

const broken = '/etc/himds-broken';
const dropIn = `[Service]\nRestart=no\nExecStartPre=+/bin/sh -c '! test -e ${broken}'\n`;
const himdsFolder = '/etc/systemd/system/himdsd.service.d';

const himdsDown: Cell = {
  step: 'identity',
  fault: 'HIMDS is down',
  setting,
  wish: {
    ...arc,
    userData: first(
      ['touch', broken],
      ['sh', '-c', `mkdir -p ${himdsFolder}; printf %s "$1" >${himdsFolder}/broken.conf`, 'sh', dropIn],
    ),
  },
  verdict: /FAILED at identity \(45\): azcmagent: AZCM0070/,
  lift: async (_, { machine }) => {
    await machine.exec(`rm ${broken}`);
  },
};

/** In the machine's firewall: where Azure's own services for Arc are. */
const toArc = ({ site }: CellStage): readonly string[] => {
  const { port } = new URL(site.azure.hisEndpoint);
  const match = ['OUTPUT', '-d', hostFromMachine, '-p', 'tcp', '--dport', port];
  return [...match, '-j', 'REJECT', '--reject-with', 'tcp-reset'];
};

const arcAway: Cell = {
  step: 'identity',
  fault: 'the service of Azure Arc is away',
  setting,
  wish: (stage) => ({ ...arc, userData: first(['iptables', '-A', ...toArc(stage)]) }),
  verdict: /FAILED at identity \(45\): azcmagent: .*/,
  lift: async (stage, { machine }) => {
    await machine.exec(`iptables -D ${toArc(stage).join(' ')}`);
  },
};

/** Whoever gives a machine its identity does not, for a while. */
export const identityCells: readonly Cell[] = [
  entraGone(),
  arcAway,
  himdsDown,
  ...entraCells,
  imdsFault('IMDS is away', 'refused', /curl: \(7\) .*[Cc]onnect/),
  imdsFault('IMDS does not answer', 'silent', /curl: \(28\) .*time/),
];

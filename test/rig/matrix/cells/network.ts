import type { DebServer } from '../../machines/debs.ts';
import { namedMirror, privateName } from '../../services/pki.ts';
import { bringNetwork, isPast, link, withoutNetwork } from '../moments.ts';
import type { Cell, CellStage } from '../cell.ts';

const setting = 'namespaces';

const fromPowerOn: Cell = {
  step: 'host',
  fault: 'network gone',
  setting,
  strike: link.down,
  verdict: /FAILED at artifacts \(22\): \S+: curl: \(\d+\) .* https:\S+/,
  lift: link.up,
};

/** Where the machine's first question to the cluster waits, so that the cable is pulled before the answer. */
const atIdentity: Cell = {
  step: 'identity',
  fault: 'network gone',
  setting,
  prepare: ({ site }) => site.api.turn('silent'),
  strike: async (stage, node) => {
    await isPast(stage, node, 'runtime');
    await link.down(stage, node);
    await stage.site.api.turn('through');
  },
  verdict: /FAILED at identity \(42\): https:\S+: HTTP 000 curl: /,
  lift: link.up,
};

function atRegistered(): Cell {
  let turned: Promise<void>;
  return {
    step: 'registered',
    fault: 'network gone',
    setting,
    prepare: async ({ site }) => {
      turned = site.api.turnAfter(1, 'silent');
    },
    strike: async (stage, node) => {
      await turned;
      await link.down(stage, node);
      await stage.site.api.turn('through');
    },
    verdict: /FAILED at registered \(61\): \S+ is not in rig: .*unreachable/,
    lift: link.up,
  };
}

const atReady: Cell = {
  step: 'ready',
  fault: 'network gone',
  setting,
  wish: withoutNetwork,
  strike: async (stage, node) => {
    await isPast(stage, node, 'registered');
    await link.down(stage, node);
    await bringNetwork(node);
  },
  verdict: /FAILED at ready \(71\): .*curl: \(\d+\)/,
  lift: link.up,
};

/** The machine knows this by its name, and no DNS server answers. */
const withNames =
  (config: (stage: CellStage) => Readonly<Record<string, Readonly<Record<string, unknown>>>>) =>
  (stage: CellStage) => ({ config: config(stage), userData: stage.site.dns.userData });

const noNames: Cell['prepare'] = async ({ site }) => site.dns.serve(false);
const namesAgain: Cell['lift'] = async ({ site }) => site.dns.serve(true);

const mirrorByName = withNames(({ site }) => {
  const { port } = new URL(site.mirror.serverUrl);
  return { artifacts: { mirror: `https://${namedMirror}:${port}` } };
});

const clusterByName = withNames(({ site }) => ({
  cluster: { server: `https://${privateName}:${site.api.port}` },
}));

const noMirror: Cell = {
  step: 'artifacts',
  fault: 'DNS gone',
  setting,
  wish: mirrorByName,
  prepare: noNames,
  verdict: new RegExp(String.raw`FAILED at artifacts \(22\): \S+: curl: \((6|28)\) .*[Rr]esolv.* https:\S+`),
  lift: namesAgain,
};

const noCluster: Cell = {
  step: 'identity',
  fault: 'DNS gone',
  setting,
  wish: clusterByName,
  prepare: noNames,
  verdict: /FAILED at identity \(42\): https:\S+: HTTP 000 curl: \((6|28)\) .*[Rr]esolv/,
  lift: namesAgain,
};

function noNamesAtRegistered(): Cell {
  let turned: Promise<void>;
  return {
    step: 'registered',
    fault: 'DNS gone',
    setting,
    wish: clusterByName,
    prepare: async ({ site }) => {
      turned = site.api.turnAfter(1, 'silent');
    },
    strike: async ({ site }) => {
      await turned;
      site.dns.serve(false);
      await site.api.turn('refused');
    },
    verdict: /FAILED at registered \(61\): \S+ is not in rig: .*(lookup|resolv)/,
    lift: async (stage, node) => {
      await stage.site.api.turn('through');
      await namesAgain(stage, node);
    },
  };
}

/** What is wrong with the archive of the system's packages. */
function archive(fault: string, bring: (server: DebServer) => void, says: RegExp): Cell {
  let server: DebServer;
  return {
    step: 'packages',
    fault,
    setting,
    image: {
      variant: 'bare',
      archive: (it) => {
        server = it;
        bring(it);
      },
    },
    verdict: new RegExp(String.raw`FAILED at packages \(16\): apt-get: ${says.source}`),
    lift: async () => server.answer(),
  };
}

const login = '<!DOCTYPE html>\n<html><title>Welcome to the guest network</title></html>\n';

const archives: readonly Cell[] = [
  archive('archive answers 404', (it) => it.answer(404), /.*404/),
  archive('archive answers 500', (it) => it.answer(500), /.*500/),
  archive('archive answers with a login page', (it) => it.answer(200, login), /[EW]: .*/),
];

const atPackages: Cell = {
  step: 'packages',
  fault: 'network gone',
  setting,
  image: { variant: 'bare' },
  strike: link.down,
  verdict: /FAILED at packages \(16\): apt-get: .*(connect|unreachable|resolv)/i,
  lift: link.up,
};

/** The machine's way to all the others, and the archive that its system comes from. */
export const networkCells: readonly Cell[] = [
  atReady,
  atRegistered(),
  noNamesAtRegistered(),
  fromPowerOn,
  atPackages,
  ...archives,
  atIdentity,
  noMirror,
  noCluster,
];

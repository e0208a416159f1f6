import type { RequestListener } from 'node:http';
import { serveHttps, startHttpsServer } from '../../services/https-server.ts';
import { join } from 'node:path';
import { bringNetwork, isPast, withoutNetwork } from '../moments.ts';
import type { Cell, CellStage } from '../cell.ts';
import type { Lead } from '../front.ts';

interface ApiFault {
  readonly fault: string;
  readonly lead: (stage: CellStage) => Promise<Lead>;
  /** What curl has to say of it. */
  readonly curl: RegExp;
  /** What kubelet has. */
  readonly kubelet: RegExp;
}

/** What an API server says to everything. */
const refusal =
  (code: number, message: string): RequestListener =>
  (_, response) => {
    const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code };
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(status));
  };

const faults: readonly ApiFault[] = [
  {
    fault: 'API server is away',
    lead: async () => 'refused',
    curl: /HTTP 000 curl: \(7\) .*[Cc]onnect/,
    kubelet: /connection refused/,
  },
  {
    fault: 'API server does not answer',
    lead: async () => 'silent',
    curl: /HTTP 000 curl: \(28\) .*time/,
    kubelet: /time/,
  },
  {
    fault: 'API server shows a certificate of another CA',
    lead: async ({ site, dir }) =>
      site.keep(await startHttpsServer(join(dir, 'strange'), 'strange', refusal(401, 'Unauthorized'))),
    curl: /HTTP 000 curl: \(60\) .*certificate/,
    kubelet: /certificate signed by unknown authority/,
  },
  {
    fault: 'API server answers 503',
    lead: async ({ site }) =>
      site.keep(await serveHttps(site.controlPlane.serverPair, refusal(503, 'apiserver is shutting down'))),
    curl: /HTTP 503 .*apiserver is shutting down/,
    kubelet: /apiserver is shutting down/,
  },
];

const back: Cell['lift'] = ({ site }) => site.api.turn('through');

/** From the first question to it on. */
const atIdentity = ({ fault, lead, curl }: ApiFault): Cell => ({
  step: 'identity',
  fault,
  setting: 'namespaces',
  prepare: async (stage) => stage.site.api.turn(await lead(stage)),
  verdict: new RegExp(String.raw`FAILED at identity \(42\): https:\S+: ${curl.source}`),
  lift: back,
});

/** flexgen has asked its one question; kubelet has none answered. */
function atRegistered({ fault, lead, kubelet }: ApiFault): Cell {
  let turned: Promise<void>;
  return {
    step: 'registered',
    fault,
    setting: 'namespaces',
    prepare: async (stage) => {
      turned = stage.site.api.turnAfter(1, await lead(stage));
    },
    strike: () => turned,
    verdict: new RegExp(String.raw`FAILED at registered \(61\): \S+ is not in rig: .*${kubelet.source}`),
    lift: back,
  };
}

/** The node is there, and no longer gets through. */
const atReady = ({ fault, lead, curl }: ApiFault): Cell => ({
  step: 'ready',
  fault,
  setting: 'namespaces',
  wish: withoutNetwork,
  strike: async (stage, node) => {
    await isPast(stage, node, 'registered');
    await stage.site.api.turn(await lead(stage));
    await bringNetwork(node);
  },
  verdict: new RegExp(String.raw`FAILED at ready \(71\): .*${curl.source}`),
  lift: back,
});

export const apiServerCells: readonly Cell[] = [
  // The longest first: so long do the others take.
  ...faults.map(atReady),
  ...faults.map(atRegistered),
  ...faults.map(atIdentity),
];

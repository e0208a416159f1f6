import { readFile, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { startService, until } from '../services/processes.ts';
import type { Service } from '../services/processes.ts';
import type { PortForward } from './machine.ts';

/** The address that slirp4netns forwards to; there is no DHCP, the machine's network file names it. */
export const guestAddress = '10.0.2.100';

/** 64 KiB less the headers: what slirp4netns copies at once. */
export const mtu = 65_520;

/** Gives the network namespace of the process `pid` an eth0 whose 10.0.2.2 is the host's loopback, as QEMU does. */
export async function startSlirp(
  pid: number,
  sockets: string,
  logFile: string,
  forwards: readonly PortForward[],
): Promise<Service> {
  const api = join(sockets, 'slirp');
  await rm(api, { force: true });
  const service = await startService({
    name: 'slirp4netns',
    command: 'slirp4netns',
    args: [`--mtu=${mtu}`, '--api-socket', api, String(pid), 'eth0'],
    logFile,
  });
  await until('the network of a machine', async () => (await hasDevice(pid)) && (await answers(api)), {
    seconds: 10,
    services: [service],
  });
  for (const { hostAddress, hostPort, guestPort } of forwards) {
    const answer = await ask(api, {
      execute: 'add_hostfwd',
      arguments: {
        proto: 'tcp',
        host_addr: hostAddress,
        host_port: hostPort,
        guest_addr: guestAddress,
        guest_port: guestPort,
      },
    });
    if (answer.includes('"error"')) throw new Error(`forwarding ${hostAddress}:${hostPort}: ${answer}`);
  }
  return service;
}

async function hasDevice(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/net/dev`, 'utf8').catch(() => '')).includes('eth0:');
}

/** slirp4netns makes its socket after the device, and listens on it only then. */
async function answers(api: string): Promise<boolean> {
  return ask(api, { execute: 'list_hostfwd' }).then(
    () => true,
    () => false,
  );
}

async function ask(path: string, request: unknown): Promise<string> {
  const socket = createConnection({ path, allowHalfOpen: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('end', () => {
      socket.destroy();
      resolve(Buffer.concat(chunks).toString());
    });
    socket.once('connect', () => socket.end(JSON.stringify(request)));
  });
}

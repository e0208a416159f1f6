import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { hostFromMachine } from '../services/control-plane-args.ts';
import { ownPort } from './own-port.ts';

/** A DNS server that knows one address, the host's, for every name. */
export interface Dns extends AsyncDisposable {
  readonly port: number;
  /** Whether it answers. */
  serve(answers: boolean): void;
  /** A cloud-config that makes it the machine's. */
  readonly userData: string;
}

/** The answer to a question for an address of version 4: the one. To any other: there is none. */
function answerTo(query: Buffer): Buffer {
  // A label ends the name; type and class follow.
  let end = 12;
  while (query[end] !== 0 && end < query.length) end += (query[end] ?? 0) + 1;
  const question = query.subarray(12, end + 5);
  const isAddress = query.readUInt16BE(end + 1) === 1;
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x85_80, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(isAddress ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  // The name by its place in the question, A, IN, for a second, four bytes.
  const record = Buffer.from([
    0xc0,
    12,
    0,
    1,
    0,
    1,
    0,
    0,
    0,
    1,
    0,
    4,
    ...hostFromMachine.split('.').map(Number),
  ]);
  return Buffer.concat([header, question, ...(isAddress ? [record] : [])]);
}

/** Starts it on the loopback. */
export async function startDns(): Promise<Dns> {
  let isThere = true;
  const socket = createSocket('udp4', (query, { port, address }) => {
    if (isThere && query.length > 16) socket.send(answerTo(query), port, address);
  });
  // Whose questions are lost asks by TCP for minutes: each message after its length, several at once, or one in pieces.
  const stream = createServer((client) => {
    let rest = Buffer.alloc(0);
    client.on('error', () => client.destroy());
    client.on('data', (bytes: Buffer) => {
      if (!isThere) return void client.destroy();
      rest = Buffer.concat([rest, bytes]);
      while (rest.length > 2 && rest.length >= 2 + rest.readUInt16BE()) {
        const end = 2 + rest.readUInt16BE();
        const answer = answerTo(rest.subarray(2, end));
        client.write(Buffer.concat([Buffer.from([answer.length >> 8, answer.length & 255]), answer]));
        rest = rest.subarray(end);
      }
    });
  });
  const port = await ownPort(stream);
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', resolve);
  });
  const rule = ['iptables', '-t', 'nat', '-A', 'OUTPUT', '!', '-d', '127.0.0.0/8', '--dport', '53'];
  const redirect = ['-j', 'DNAT', '--to-destination', `${hostFromMachine}:${port}`];
  const bootcmd = ['udp', 'tcp'].map((protocol) => rule.toSpliced(8, 0, '-p', protocol).concat(redirect));
  return {
    port,
    serve: (answers) => {
      isThere = answers;
    },
    userData: `#cloud-config\n${JSON.stringify({ bootcmd })}\n`,
    [Symbol.asyncDispose]: async () => {
      stream.close();
      await new Promise<void>((resolve) => {
        socket.close(resolve);
      });
    },
  };
}

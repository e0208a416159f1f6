import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { aksServerApplication } from './applications.ts';
import { gatewayFailures, throttleFailures } from './arm.ts';
import { createArm } from './arm-server.ts';
import type { Azure, AzureOptions, RecordedRequest } from './azure.ts';
import { armScopes } from './clouds.ts';
import { defaultCluster, resourceIdOf } from './cluster.ts';
import { answerCommandLine, installCommandLines } from './command-lines.ts';
import { createRegistration } from './credentials.ts';
import { createEntra } from './entra.ts';
import { answerHis } from './his.ts';
import { close, listen, open } from './http.ts';
import { answerImds, machineObjectId } from './imds.ts';
import { authenticationConfig } from './issuer.ts';
import { material } from './material.ts';
import { createTokens } from './tokens.ts';

/** Starts a local Azure of one tenant, one subscription and one cluster; see {@link Azure} for what it answers. */
export async function startAzure(options: AzureOptions = {}): Promise<Azure> {
  const dir = await mkdtemp(join(tmpdir(), 'flexgen-azure-'));
  const scope = options.scope ?? armScopes[options.cloud ?? 'public'];
  const audience = scope.replace(/\/\.default$/, '');
  const { ca, cert, key, clusterCa: clusterCaPem } = await material();
  const registration = await createRegistration(dir);
  const caFile = join(dir, 'ca.crt');
  await writeFile(caFile, ca);

  const { credentials } = registration;
  const { tenantId } = credentials;
  const requests: RecordedRequest[] = [];
  const violations: string[] = [];
  const runs: string[] = [];
  const violate = (words: string) => violations.push(words);
  let latency = 0;
  const log = {
    record: (request: RecordedRequest) => requests.push(request),
    violate,
    latency: () => latency,
  };
  const tokens = createTokens(options.expiresIn ?? 3599);
  const resources = new Set([audience, aksServerApplication]);
  const origins = { entra: '', arm: '', his: '', imds: '' };
  const arm = createArm({
    cluster: { ...defaultCluster, ...options.cluster },
    tenantId,
    clusterCaPem,
    principals: [credentials.objectId, credentials.managedIdentity.objectId, machineObjectId],
    origin: () => origins.arm,
    violate,
  });
  const { state, machines } = arm;
  let hasIdentity = true;
  let isSignedIn = true;

  const entra = createEntra({ registration, tokens, scope, violate });
  const servers = {
    entra: createServer({ cert, key }, listen(log, entra.answer)),
    arm: createServer(
      { cert, key },
      listen(log, (request) => arm.answer(request, { tokens, audience, authority: origins.entra, violate })),
    ),
    his: createServer(
      { cert, key },
      listen(log, (request) => {
        const check = { tokens, audience, authority: origins.entra, violate };
        return answerHis(request, { ...check, machines, tenantId, state, resources });
      }),
    ),
    imds: createHttpServer(
      listen(log, (request) => {
        const parts = { tokens, tenantId, userAssigned: credentials.managedIdentity, resources, violate };
        return answerImds(request, { ...parts, isPresent: () => hasIdentity });
      }),
    ),
    // No part of Azure, so what comes here is not among the requests.
    commandLines: createHttpServer((request, response) => {
      const { subscriptionId } = state.cluster;
      const parts = { tokens, tenantId, subscriptionId, resources, violate };
      const user = { userObjectId: credentials.userObjectId, isSignedIn: () => isSignedIn };
      const isVisible = () => state.subscription === 'visible';
      void text(request).then((asked) =>
        response.end(answerCommandLine(asked, runs, { ...parts, ...user, isVisible })),
      );
    }),
  };
  origins.entra = `https://127.0.0.1:${await open(servers.entra)}`;
  origins.arm = `https://127.0.0.1:${await open(servers.arm)}`;
  origins.his = `https://127.0.0.1:${await open(servers.his)}`;
  origins.imds = `http://127.0.0.1:${await open(servers.imds)}`;
  const binaries = join(dir, 'bin');
  await installCommandLines(binaries, await open(servers.commandLines));

  return {
    ...arm.controls,
    ...arm.roleControls,
    // A spread would keep the list as it is now.
    get roleAssignments() {
      return arm.roleControls.roleAssignments;
    },
    machines,
    issuedTokens: tokens.all,
    endpoint: origins.arm,
    hisEndpoint: origins.his,
    authorityHost: origins.entra,
    imdsEndpoint: origins.imds,
    caFile,
    caPem: ca,
    get clusterCaPem() {
      return state.cluster.caPem ?? clusterCaPem;
    },
    get resourceId() {
      return resourceIdOf(state.cluster);
    },
    scope,
    authenticationConfig: authenticationConfig(origins.entra, tenantId, ca),
    credentials,
    commandLines: {
      dir: binaries,
      runs,
      signIn: (signedIn) => {
        isSignedIn = signedIn;
      },
    },
    requests,
    violations,
    takeViolations: () => violations.splice(0),
    setCluster: (changes) => {
      state.cluster = { ...state.cluster, ...changes };
    },
    removeCluster: (what = 'cluster') => {
      state.missing = what;
    },
    hideSubscription: (how) => {
      state.subscription = how;
    },
    throttle: (count, seconds) => {
      state.failures = throttleFailures(count, seconds, state);
    },
    failNext: (count, status, code) => {
      state.failures = gatewayFailures(count, status, code);
    },
    failTokens: (count, status, seconds) => entra.failNext(count, status, seconds),
    forbid: (action) => {
      state.forbidden.add(action.toLowerCase());
    },
    disableLocalAccounts: (disabled) => {
      state.cluster = { ...state.cluster, disableLocalAccounts: disabled };
    },
    setSecret: entra.setSecret,
    setCertificate: entra.setCertificate,
    expireSecret: entra.expireSecret,
    setLatency: (milliseconds) => {
      latency = milliseconds;
    },
    setClockSkew: entra.setClockSkew,
    setManagedIdentity: (present) => {
      hasIdentity = present;
    },
    issueFederatedToken: registration.issueFederatedToken,
    stop: async () => {
      await Promise.all(Object.values(servers).map(close));
      await rm(dir, { recursive: true });
    },
  };
}

import { clouds } from '../../config/clouds.ts';
import type { FileRef } from '../../config/spec.ts';
import { renderedFile, textFile } from '../files.ts';
import type { ModeDefinition } from '../plan.ts';
import { clientAssertion } from './client-assertion.ts';
import { identityProperties, readIdentity, textAt } from './entra-identity.ts';
import type { EntraIdentity } from './entra-identity.ts';
import { proofProperties, readProof } from './principal-proof.ts';
import type { PrincipalProof } from './principal-proof.ts';
import { rsaScript } from './primes.ts';
import { tokenEnv, tokenHook, tokenScript } from './token-files.ts';

export interface ServicePrincipal extends EntraIdentity {
  readonly mode: 'service-principal';
  readonly clientId: string;
  readonly tenantId: string;
  readonly proof: PrincipalProof;
  /** Where tokens come from, without a slash at its end. */
  readonly authority: string;
  readonly authorityCa: FileRef | null;
}

const authorityCaPath = '/etc/flexgen/authority-ca.pem';

export const servicePrincipal: ModeDefinition<ServicePrincipal> = {
  mode: 'service-principal',
  summary: 'an Entra application; the node asks Entra for tokens itself',
  properties: {
    clientId: { $ref: '#/$defs/guid', description: 'The application (client) id.' },
    tenantId: { $ref: '#/$defs/guid', description: 'The Entra tenant id.' },
    ...proofProperties,
    ...identityProperties(
      'The object id of the service principal (not of the application), for `flexgen cluster`: `az ad sp show --id CLIENT_ID --query id -o tsv`.',
    ),
    authority: {
      $ref: '#/$defs/httpsUrl',
      description:
        'The Entra authority that the node asks. Default: `azure.endpoints.authority`, or that of `azure.cloud`.',
    },
    authorityCa: {
      $ref: '#/$defs/file',
      description:
        'A private CA (PEM) that the authority is behind. Default: `azure.endpoints.ca`, where the authority is from there too.',
    },
  },
  required: ['clientId', 'tenantId'],
  read(raw, context) {
    const { cloud, endpoints } = context.azure;
    const written = textAt(raw['authority']);
    const authority = written ?? endpoints.authority ?? clouds[cloud].authority;
    const endpointsCa = written === null && endpoints.authority !== null ? endpoints.ca : null;
    return {
      mode: 'service-principal',
      clientId: String(raw['clientId']),
      tenantId: String(raw['tenantId']),
      proof: readProof(raw, context),
      ...readIdentity(raw, 'the principal', context),
      authority: authority.replace(/\/+$/, ''),
      authorityCa:
        raw['authorityCa'] === undefined ? endpointsCa : context.file(raw['authorityCa'], 'auth.authorityCa'),
    };
  },
  contribute(auth, context) {
    const { proof, clientId, tenantId, authority, authorityCa } = auth;
    const assertion = proof.kind === 'certificate' ? clientAssertion(proof.pem, context) : undefined;
    // What is wrong with it has been reported.
    if (proof.kind === 'certificate' && assertion === undefined) return {};
    const settings = {
      clientId,
      tenantId,
      ...(proof.kind === 'secret' ? { secret: context.secret(proof.secret) } : {}),
      ...(proof.kind === 'federated' ? { tokenFile: proof.tokenFile } : {}),
      ...(assertion === undefined ? {} : { header: assertion.header }),
    };
    const entra = { authority, ca: authorityCa === null ? '' : authorityCaPath };
    return {
      hooks: [tokenHook(auth.credentialUse), ...(assertion === undefined ? [] : ['certificate'])],
      ...(assertion === undefined ? {} : { packages: ['openssl'] }),
      files: [
        renderedFile(context.templates, '/etc/flexgen/entra.env', entra),
        ...(authorityCa === null ? [] : [textFile(authorityCaPath, context.file(authorityCa))]),
        tokenScript(proof.kind, context),
        tokenEnv(proof.kind, settings, context),
        ...(assertion === undefined ? [] : [rsaScript(context), assertion.keyFile]),
      ],
    };
  },
};

import { z } from 'zod';
import { boundedFetch } from '../../bounded-fetch.ts';
import type { IdentityProvider } from '../../model/identity-provider.ts';
import { federationError } from '../federation-error.ts';
import { providerUrl } from '../loopback.ts';
import { parseXml } from './parse-xml.ts';

/** What a SAML provider's metadata says of it (SAML 2.0 Metadata sections 2.3.2 and 2.4.3). */
export interface SamlMetadata {
  entityId: string;
  /** Where an AuthnRequest goes by HTTP-Redirect. */
  singleSignOnUrl: string;
  /** Where a LogoutRequest goes by HTTP-Redirect, if the provider takes any. */
  singleLogoutUrl?: string;
  /** Base64 of DER: any of them may sign. */
  certificates: string[];
}

const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

const keyDescriptor = z.object({
  $: z.object({ use: z.string().optional() }).default({}),
  KeyInfo: z.array(
    z.object({
      X509Data: z
        .array(z.object({ X509Certificate: z.array(z.object({ _: z.string() })).default([]) }))
        .default([]),
    }),
  ),
});
const service = z.object({ $: z.object({ Binding: z.string(), Location: z.string() }) });
const entity = z.object({
  $: z.object({ entityID: z.string().min(1) }),
  IDPSSODescriptor: z
    .array(
      z.object({
        KeyDescriptor: z.array(keyDescriptor).default([]),
        SingleSignOnService: z.array(service),
        SingleLogoutService: z.array(service).default([]),
      }),
    )
    .min(1),
});

/**
 * Reads a provider's metadata: `MetadataFile` as it stands, `MetadataURL` anew at each sign-in.
 * @throws OAuthError when there is none, or it lacks what a sign-in needs.
 */
export async function samlMetadata(provider: IdentityProvider): Promise<SamlMetadata> {
  const { MetadataFile, MetadataURL } = provider.details;
  if (!MetadataFile && !MetadataURL)
    throw federationError(`${provider.name}: the details have neither MetadataFile nor MetadataURL`);
  return parseSamlMetadata(provider, MetadataFile || (await fetchMetadata(provider, MetadataURL ?? '')));
}

/** @throws OAuthError for a text that is not the metadata of an identity provider. */
export async function parseSamlMetadata(provider: { name: string }, xml: string): Promise<SamlMetadata> {
  const parsed = entity.safeParse((await parseXml(xml)).EntityDescriptor);
  if (!parsed.success)
    throw federationError(`${provider.name}: the metadata describes no SAML identity provider`);
  const { $, IDPSSODescriptor } = parsed.data;
  const byRedirect = (services: z.infer<typeof service>[]) =>
    services.find((one) => one.$.Binding === REDIRECT);
  const signOn = byRedirect(IDPSSODescriptor.flatMap(({ SingleSignOnService }) => SingleSignOnService));
  const logout = byRedirect(IDPSSODescriptor.flatMap(({ SingleLogoutService }) => SingleLogoutService));
  if (!signOn)
    throw federationError(`${provider.name}: the metadata has no SingleSignOnService by HTTP-Redirect`);
  const certificates = IDPSSODescriptor.flatMap(({ KeyDescriptor }) => KeyDescriptor)
    .filter((key) => key.$.use !== 'encryption')
    .flatMap(({ KeyInfo }) => KeyInfo)
    .flatMap(({ X509Data }) => X509Data)
    .flatMap(({ X509Certificate }) => X509Certificate.map(({ _ }) => _.replaceAll(/\s/g, '')));
  if (certificates.length === 0)
    throw federationError(`${provider.name}: the metadata has no signing certificate`);
  const urlOf = ({ $: { Location } }: z.infer<typeof service>) =>
    providerUrl(provider, 'every service of the metadata', Location).href;
  return {
    entityId: $.entityID,
    singleSignOnUrl: urlOf(signOn),
    ...(logout && { singleLogoutUrl: urlOf(logout) }),
    certificates,
  };
}

async function fetchMetadata(provider: IdentityProvider, address: string): Promise<string> {
  const url = providerUrl(provider, 'MetadataURL', address);
  const response = await boundedFetch(url).catch(() => undefined);
  if (!response?.ok)
    throw federationError(`${provider.name}: the metadata cannot be fetched from MetadataURL`);
  return response.text();
}

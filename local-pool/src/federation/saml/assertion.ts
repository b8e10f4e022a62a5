import { z } from 'zod';

const confirmation = z.object({
  $: z.object({ Method: z.string() }),
  SubjectConfirmationData: z
    .array(
      z.object({
        $: z.object({
          Recipient: z.string().optional(),
          InResponseTo: z.string().optional(),
          NotBefore: z.string().optional(),
          NotOnOrAfter: z.string().optional(),
        }),
      }),
    )
    .length(1),
});

const shape = z.object({
  Assertion: z.object({
    $: z.object({ ID: z.string().min(1), IssueInstant: z.iso.datetime({ offset: true }) }),
    Issuer: z.array(z.object({ _: z.string() })).length(1),
    Subject: z
      .array(
        z.object({
          NameID: z.array(z.object({ _: z.string().min(1) })).length(1),
          SubjectConfirmation: z.array(z.unknown()).min(1),
        }),
      )
      .length(1),
  }),
});

/** The parts of a verified assertion that the Web Browser SSO profile builds on (SAML 2.0 Profiles section 4.1.4). */
export interface Assertion {
  id: string;
  /** Milliseconds since the epoch. */
  issuedAt: number;
  issuer: string;
  nameId: string;
  bearers: { recipient?: string; inResponseTo?: string; notOnOrAfter: number }[];
}

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/**
 * Reads an assertion as node-saml parsed it out of the bytes that were signed.
 * @returns undefined for one that lacks what the profile demands
 */
export function readAssertion(document: unknown): Assertion | undefined {
  const parsed = shape.safeParse(document);
  if (!parsed.success) return undefined;
  const { $, Issuer, Subject } = parsed.data.Assertion;
  const [issuer] = Issuer;
  const [subject] = Subject;
  const [nameId] = subject?.NameID ?? [];
  if (!issuer || !subject || !nameId) return undefined;
  return {
    id: $.ID,
    issuedAt: Date.parse($.IssueInstant),
    issuer: issuer._,
    nameId: nameId._,
    bearers: subject.SubjectConfirmation.flatMap(bearerOf),
  };
}

/** A bearer confirmation; one that is not yet good, or never ends, does not count (section 4.1.4.2). */
function bearerOf(value: unknown): Assertion['bearers'] {
  const parsed = confirmation.safeParse(value);
  if (!parsed.success || parsed.data.$.Method !== BEARER) return [];
  const { Recipient, InResponseTo, NotBefore, NotOnOrAfter } =
    parsed.data.SubjectConfirmationData[0]?.$ ?? {};
  const notOnOrAfter = Date.parse(NotOnOrAfter ?? '');
  if (NotBefore !== undefined || Number.isNaN(notOnOrAfter)) return [];
  return [
    {
      notOnOrAfter,
      ...(Recipient !== undefined && { recipient: Recipient }),
      ...(InResponseTo !== undefined && { inResponseTo: InResponseTo }),
    },
  ];
}

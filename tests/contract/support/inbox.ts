/** One message of an `inbox.json`. */
export interface InboxMessage {
  purpose: string;
  medium: string;
  destination: string;
  subject: string;
  body: string;
  code: string;
}

/** Reads the messages of a user, newest first. */
export async function readInbox(
  inbox: string,
  userPoolId: string,
  username: string,
  purpose?: string,
): Promise<InboxMessage[]> {
  const query = new URLSearchParams({ userPoolId, username, ...(purpose && { purpose }) });
  return (await (await fetch(`${inbox}?${query}`)).json()) as InboxMessage[];
}

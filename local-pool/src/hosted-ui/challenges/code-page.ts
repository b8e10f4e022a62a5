import { type CodeView, codeView } from '../views/code-view.ts';
import { type AskedChallenge, type ChallengePage, judge, typedCode } from './challenge-page-type.ts';

/** The page of a challenge that a code answers. @param lead what to say above the field, where no message was sent */
export function codePage(
  words: Pick<CodeView, 'title'>,
  lead?: (asked: AskedChallenge) => string,
): ChallengePage {
  return {
    show: (asked) =>
      codeView({ ...asked.view, ...words, destination: asked.destination, lead: lead?.(asked) }),
    answer: (asked) => judge(asked, { [`${asked.open.name}_CODE`]: typedCode(asked) }),
  };
}

/** Which app shows the code. */
export function appLead({ open }: AskedChallenge): string {
  const name = open.user?.details.softwareToken?.friendlyDeviceName;
  return `Enter the six digits that your authenticator app${name === undefined ? '' : ` (${name})`} shows.`;
}

import { recordEvent, type TriggerEvent } from '../support/record-event.ts';

interface Round {
  challengeName: string;
  challengeResult: boolean;
}

/** Define, create and verify auth challenge in one: a sum, three tries, after SRP where the client began with it. */
export async function handler(event: TriggerEvent): Promise<TriggerEvent> {
  recordEvent(event);
  switch (event.triggerSource) {
    case 'DefineAuthChallenge_Authentication':
      return { ...event, response: define(event.request.session as Round[]) };
    case 'CreateAuthChallenge_Authentication':
      return {
        ...event,
        response: {
          publicChallengeParameters: { question: '2 + 2' },
          privateChallengeParameters: { answer: '4' },
          challengeMetadata: 'SUM',
        },
      };
    default: {
      const { privateChallengeParameters, challengeAnswer } = event.request as unknown as {
        privateChallengeParameters: Record<string, string>;
        challengeAnswer: string;
      };
      return { ...event, response: { answerCorrect: challengeAnswer === privateChallengeParameters.answer } };
    }
  }
}

function define(session: Round[]) {
  const last = session.at(-1);
  const sums = session.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE');
  const issueTokens = last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult;
  const failAuthentication = !issueTokens && sums.length >= 3;
  const challengeName = last?.challengeName === 'SRP_A' ? 'PASSWORD_VERIFIER' : 'CUSTOM_CHALLENGE';
  return { issueTokens, failAuthentication, ...(!issueTokens && !failAuthentication && { challengeName }) };
}

import type { z } from 'zod';
import { text } from '../aws-json/shapes.ts';
import { CognitoError } from '../errors.ts';
import type { AcrValues } from '../model/authentication-methods.ts';
import { type Notation, wire } from './notation.ts';

const acrLevel = (n: Notation) =>
  n.object({ AcrValue: text({ min: 1, max: 64, pattern: '[\\x21\\x23-\\x5B\\x5D-\\x7E]+' }) });

/** `AcrConfiguration` of CreateUserPool and UpdateUserPool: a name for each level of authentication. */
export const acrConfiguration = (n: Notation) =>
  n.object({
    Level1: acrLevel(n).optional(),
    Level2: acrLevel(n).optional(),
    Level3: acrLevel(n).optional(),
    Level4: acrLevel(n).optional(),
  });

const wireConfiguration = acrConfiguration(wire);
type AcrConfiguration = z.infer<typeof wireConfiguration>;

const DEFAULTS = {
  Level1: { AcrValue: 'urn:cognito:loa:1' },
  Level2: { AcrValue: 'urn:cognito:loa:2' },
  Level3: { AcrValue: 'urn:cognito:loa:3' },
  Level4: { AcrValue: 'urn:cognito:loa:4' },
};

/** The configuration with Cognito's name for every level that was given none (Cognito: Configuring ACR level names). */
export function withAcrDefaults(given: AcrConfiguration): typeof DEFAULTS {
  return {
    Level1: given.Level1 ?? DEFAULTS.Level1,
    Level2: given.Level2 ?? DEFAULTS.Level2,
    Level3: given.Level3 ?? DEFAULTS.Level3,
    Level4: given.Level4 ?? DEFAULTS.Level4,
  };
}

/** The names of the levels, from the weakest to the strongest. */
export function acrValuesOf(given: AcrConfiguration): AcrValues {
  const { Level1, Level2, Level3, Level4 } = withAcrDefaults(given);
  return [Level1.AcrValue, Level2.AcrValue, Level3.AcrValue, Level4.AcrValue];
}

/** What Cognito answers to names that two levels share, and to any name in the plan that has none. */
export function acrRefusal(given: AcrConfiguration, tier: string | undefined): CognitoError | undefined {
  if (tier === 'LITE')
    return new CognitoError(
      'FeatureUnavailableInTierException',
      'AcrConfiguration needs the Essentials or Plus feature plan.',
    );
  if (new Set(acrValuesOf(given)).size < 4)
    return new CognitoError('InvalidParameterException', 'Every ACR level must have a name of its own.');
  return undefined;
}

import { z } from 'zod';
import { text } from '../aws-json/shapes.ts';
import type { Notation } from './notation.ts';

export const ArnType = text({
  min: 20,
  max: 2048,
  pattern: String.raw`arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?`,
});

/** The triggers that the local pool runs (API reference: LambdaConfigType). */
export const lambdaConfig = (n: Notation) => ({
  PreSignUp: ArnType.optional(),
  CustomMessage: ArnType.optional(),
  PostConfirmation: ArnType.optional(),
  PreAuthentication: ArnType.optional(),
  PostAuthentication: ArnType.optional(),
  DefineAuthChallenge: ArnType.optional(),
  CreateAuthChallenge: ArnType.optional(),
  VerifyAuthChallengeResponse: ArnType.optional(),
  UserMigration: ArnType.optional(),
  PreTokenGeneration: ArnType.optional(),
  PreTokenGenerationConfig: n
    .object({ LambdaVersion: z.enum(['V1_0', 'V2_0', 'V3_0']), LambdaArn: ArnType })
    .optional(),
});

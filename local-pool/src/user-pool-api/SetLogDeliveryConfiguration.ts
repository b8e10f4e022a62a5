import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { list } from '../aws-json/shapes.ts';
import { changeUserPool } from '../configuration/find-document.ts';
import { ArnType } from '../configuration/lambda-config-shape.ts';
import { UserPoolIdType } from './shapes.ts';

const LogConfigurationType = z.object({
  LogLevel: z.enum(['ERROR', 'INFO']),
  EventSource: z.enum(['userNotification', 'userAuthEvents']),
  CloudWatchLogsConfiguration: z.object({ LogGroupArn: ArnType.optional() }).optional(),
  S3Configuration: z.object({ BucketArn: ArnType.optional() }).optional(),
  FirehoseConfiguration: z.object({ StreamArn: ArnType.optional() }).optional(),
});

/** Kept and given back: the local pool delivers no logs (Cognito: SetLogDeliveryConfiguration). */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, LogConfigurations: list(LogConfigurationType, { max: 2 }) }),
  (pool, { UserPoolId, LogConfigurations }) => {
    changeUserPool(pool, UserPoolId, (document) => ({ ...document, logConfigurations: LogConfigurations }));
    return { LogDeliveryConfiguration: { UserPoolId, LogConfigurations } };
  },
);

import { problem } from './responses.ts';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** Whether a request of this method changes nothing (RFC 9110 section 9.2.1). */
export const isSafeMethod = (method: string): boolean => safeMethods.includes(method);

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * The rest of a route's methods, answered 405 with a problem document: Next.js answers them with an empty one.
 * @param allowed the methods that the route exports itself
 */
export function otherMethods(...allowed: Method[]): Record<Method, () => Response> {
  const refuse = (): Response => {
    const response = problem('method_not_allowed');
    response.headers.set('allow', allowed.join(', '));
    return response;
  };
  return { GET: refuse, HEAD: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse };
}

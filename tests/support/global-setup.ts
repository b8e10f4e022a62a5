import { buildWhenStale } from '../../scripts/lib/build.ts';

/** These tests talk to the application as it is served, so there has to be a build of the present sources. */
export default async function setup(): Promise<void> {
  await buildWhenStale();
}

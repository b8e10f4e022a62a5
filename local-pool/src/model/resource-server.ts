export interface ResourceServer {
  identifier: string;
  name: string;
  scopes: { name: string; description: string }[];
}

/** The scopes of resource servers as clients ask for them: `identifier/name`. */
export function customScopesOf(resourceServers: ResourceServer[]): Set<string> {
  return new Set(
    resourceServers.flatMap((server) => server.scopes.map((scope) => `${server.identifier}/${scope.name}`)),
  );
}

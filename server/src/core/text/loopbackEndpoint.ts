// Endpoints on this machine.

/** Whether an endpoint is on this machine, so that nothing leaves it and nothing needs a confirmation. */
export function isLoopbackEndpoint(endpointUrl: string | undefined): boolean {
  if (endpointUrl === undefined || !URL.canParse(endpointUrl)) return false;
  const { hostname } = new URL(endpointUrl);
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** An endpoint's URL as a message shows it: without a user name and password. */
export function shownEndpoint(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, "$1");
}

// Endpoints on this machine.

/** Whether an endpoint is on this machine, so that nothing leaves it and nothing needs a confirmation. */
export function isLoopbackEndpoint(endpointUrl: string | undefined): boolean {
  if (endpointUrl === undefined || !URL.canParse(endpointUrl)) return false;
  const { hostname } = new URL(endpointUrl);
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** An endpoint's URL as a message shows it: without a user name and password. */
export function shownEndpoint(url: string): string {
  const [beginning, end = ""] = aroundLogin(url);
  return beginning + end.slice(1);
}

/** What stands before a user name and password, and what stands behind them, from the `@` on; of a URL without them all of it. */
export function aroundLogin(url: string): readonly [beginning: string, end?: string] {
  const [, scheme = ""] = /^([a-z][a-z0-9+.-]*:\/\/)/i.exec(url) ?? [];
  const authority = /^[^/?#]*/.exec(url.slice(scheme.length))?.[0] ?? "";
  const at = authority.lastIndexOf("@");
  return at < 0 ? [url] : [scheme, url.slice(scheme.length + at)];
}

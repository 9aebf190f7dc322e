import { GateError } from './errors.ts';

/** What the workflow file, or the user of the command line, lets a config do: a config alone may come from a pull request. */
export interface Allowed {
  /** Start programs and load code: predictors `command` and `module`. */
  readonly command: boolean;
  /** Origins (`https://host:port`) that requests may go to, beside those of vendors. */
  readonly origins: readonly string[];
  /** Where `$NAME` in a field made for secrets is looked up. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What nothing may show. It grows as fields made for secrets are filled in. */
  readonly secrets: Set<string>;
}

/**
 * The origin that the workflow or the user named.
 *
 * @throws GateError when it is no address.
 */
export function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new GateError('usage', {
      message: `not an origin: ${text}`,
      fix: 'write https://host or http://localhost:9001',
    });
  }
  return url.origin;
}

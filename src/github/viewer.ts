import { z } from 'zod';
import type { Octokit } from './octokit.ts';

const ViewerSchema = z.object({ viewer: z.object({ login: z.string() }) });

/**
 * Tells what was written with this token. REST's `GET /user` does not work with a job's token.
 *
 * @returns Whether a login is the token's own.
 */
export async function ownAuthor(octokit: Octokit): Promise<(login: string | undefined) => boolean> {
  const { viewer } = ViewerSchema.parse(await octokit.graphql('{ viewer { login } }'));
  const own = plainLogin(viewer.login);
  return (login) => login !== undefined && plainLogin(login) === own;
}

/** REST calls an app `name[bot]`, GraphQL may call it `name`. */
function plainLogin(login: string): string {
  return login.replace(/\[bot\]$/, '');
}

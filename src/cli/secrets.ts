import { likelySecrets } from '../http/secrets.ts';

/** What this process never prints nor writes. */
export const secrets = likelySecrets(process.env);

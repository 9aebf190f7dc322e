import { warning } from '@actions/core';
import { messageOf } from './errors.ts';
import { leavePartial } from './github/unfinished.ts';
import { likelySecrets } from './http/secrets.ts';
import { guardOutput } from './output-guard.ts';

guardOutput([process.stdout, process.stderr], likelySecrets(process.env));
try {
  await leavePartial();
} catch (problem) {
  warning(`what was finished could not be kept: ${messageOf(problem)}`);
}

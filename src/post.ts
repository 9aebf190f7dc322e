import { warning } from '@actions/core';
import { messageOf } from './errors.ts';
import { leavePartial } from './github/unfinished.ts';

try {
  await leavePartial();
} catch (problem) {
  warning(`what was finished could not be kept: ${messageOf(problem)}`);
}

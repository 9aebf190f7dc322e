import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  leavePartial,
  warning
} from "./chunks/chunk-Q2TCLVOT.js";
import {
  guardOutput
} from "./chunks/chunk-6B35HICN.js";
import {
  likelySecrets,
  messageOf
} from "./chunks/chunk-OI4ZWR5J.js";

// src/post.ts
guardOutput([process.stdout, process.stderr], likelySecrets(process.env));
try {
  await leavePartial();
} catch (problem) {
  warning(`what was finished could not be kept: ${messageOf(problem)}`);
}

import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  leavePartial,
  warning
} from "./chunks/chunk-GOR3QOZG.js";
import {
  guardOutput
} from "./chunks/chunk-QTHK4CAC.js";
import {
  likelySecrets,
  messageOf
} from "./chunks/chunk-EHEKIJNW.js";

// src/post.ts
guardOutput([process.stdout, process.stderr], likelySecrets(process.env));
try {
  await leavePartial();
} catch (problem) {
  warning(`what was finished could not be kept: ${messageOf(problem)}`);
}

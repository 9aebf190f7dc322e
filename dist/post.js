import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  leavePartial,
  warning
} from "./chunks/chunk-QNC4ANBL.js";
import "./chunks/chunk-JJB2VG7F.js";
import {
  messageOf
} from "./chunks/chunk-TXNBDRZ4.js";

// src/post.ts
try {
  await leavePartial();
} catch (problem) {
  warning(`what was finished could not be kept: ${messageOf(problem)}`);
}

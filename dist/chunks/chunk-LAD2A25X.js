import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  GateError,
  __callDispose,
  __using,
  encodeJpeg,
  encodePng,
  external_exports,
  fillSecrets,
  harmless,
  loadOnnxRuntime,
  locate,
  messageOf,
  onnxRuntimeVersion,
  readBounded,
  redact,
  redactAll,
  scratch,
  secretName
} from "./chunk-OI4ZWR5J.js";

// package.json
var package_default = {
  name: "robustness-gate",
  version: "0.1.0",
  description: "Finds out in the pull request whether a vision model got less robust to blur, noise, light and geometry.",
  license: "MIT",
  type: "module",
  engines: {
    node: ">=20.19"
  },
  bin: {
    "robustness-gate": "dist/cli.js"
  },
  files: [
    "dist",
    "examples"
  ],
  scripts: {
    build: "node scripts/build.mjs",
    kernels: "node scripts/kernels.mjs",
    docs: "node scripts/docs.mjs",
    typecheck: "tsc --noEmit",
    lint: "oxlint --type-aware --deny-warnings && oxfmt --check",
    fix: "oxlint --type-aware --fix && oxfmt",
    knip: "knip",
    test: "node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js",
    bench: "node scripts/bench.mjs",
    simulate: "node scripts/simulate.mjs",
    experiment: "node scripts/experiment.mjs",
    demo: "node dist/cli.js demo"
  },
  devDependencies: {
    "@actions/artifact": "6.2.1",
    "@actions/core": "3.0.1",
    "@actions/github": "9.1.1",
    "@duckdb/node-api": "1.5.6-r.1",
    "@jest/globals": "30.5.2",
    "@octokit/plugin-retry": "8.1.1",
    "@octokit/plugin-throttling": "11.0.5",
    "@stdlib/stats-base-dists-normal-cdf": "0.3.1",
    "@stdlib/stats-base-dists-normal-quantile": "0.3.1",
    "@stdlib/stats-base-dists-t-cdf": "0.2.3",
    "@stdlib/stats-base-dists-t-quantile": "0.2.3",
    "@swc/core": "1.16.22",
    "@swc/jest": "0.2.39",
    "@types/d3-scale": "4.0.9",
    "@types/d3-shape": "3.2.0",
    "@types/node": "20.19.43",
    "@types/yauzl": "3.4.0",
    assemblyscript: "0.28.20",
    "axe-core": "4.14.1",
    commander: "14.0.3",
    "d3-scale": "4.0.3",
    "d3-shape": "3.2.1",
    esbuild: "0.28.2",
    "fast-check": "4.10.2",
    "github-markdown-css": "5.9.0",
    hyparquet: "1.31.5",
    "hyparquet-writer": "0.17.0",
    jest: "30.5.2",
    "jest-environment-node": "30.5.2",
    knip: "6.44.2",
    leven: "4.1.0",
    micromark: "4.0.3",
    "micromark-extension-gfm": "3.0.0",
    oxfmt: "0.79.0",
    oxlint: "1.94.0",
    "oxlint-tsgolint": "7.0.2007",
    pbf: "5.1.2",
    "playwright-core": "1.65.1",
    preact: "11.2.0",
    "preact-render-to-string": "6.8.2",
    re2js: "2.10.0",
    rehype: "13.0.2",
    "rehype-sanitize": "6.0.0",
    saxes: "6.0.0",
    typescript: "7.0.2",
    yaml: "2.9.1",
    yauzl: "3.4.0",
    zod: "4.6.7"
  },
  overrides: {
    "@octokit/request": "10.0.14"
  },
  dependencies: {
    "onnxruntime-node": "1.30.0",
    sharp: "0.35.5"
  }
};

// src/version.ts
var TOOL_VERSION = package_default.version;

// src/content-key.ts
import { createHash } from "node:crypto";
function contentKey(content) {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

// src/perturb/condition.ts
function conditionKey(condition, seed) {
  if (condition.kind === "clean") return "clean";
  const { perturbation, severity, params, version } = condition;
  return contentKey([perturbation, severity, params, version, seed]).slice(0, 32);
}

// src/predict/onnx/describe.ts
import { join as join3 } from "node:path";

// src/memo.ts
import { createHash as createHash2 } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
var DIGEST_CHARACTERS = 64;
async function readMemo(file, schema) {
  const text = await readFile(file, "utf8").catch(() => "");
  const body = text.slice(DIGEST_CHARACTERS);
  if (text.slice(0, DIGEST_CHARACTERS) !== digestOf(body)) return null;
  try {
    return schema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
async function writeMemo(file, value) {
  const body = JSON.stringify(value);
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, digestOf(body) + body);
  await rename(temporary, file);
}
function digestOf(text) {
  return createHash2("sha256").update(text).digest("hex");
}

// src/predict/onnx/model.ts
import { createHash as createHash4 } from "node:crypto";
import { readFile as readFile3, stat } from "node:fs/promises";
import { join as join2 } from "node:path";

// src/predict/onnx/fetch.ts
import { createHash as createHash3 } from "node:crypto";
import { mkdir as mkdir2, readFile as readFile2, rename as rename2, writeFile as writeFile2 } from "node:fs/promises";
import { dirname as dirname2, join } from "node:path";

// src/http/request.ts
import { setTimeout as sleep } from "node:timers/promises";
import { isNativeError } from "node:util/types";
var TRIES = 6;
var FIRST_WAIT_MS = 500;
var LONGEST_WAIT_MS = 6e4;
var TOLD = 300;
async function request(wanted, tell = () => {
}) {
  let wait = FIRST_WAIT_MS;
  for (let attempt = 1; ; attempt++) {
    const result = await once(wanted);
    if (!("message" in result)) return result;
    const tooLong = result.after !== null && result.after > LONGEST_WAIT_MS;
    if (!result.retry || tooLong || attempt === TRIES) {
      const tries = attempt > 1 ? ` (${attempt} times)` : "";
      const later = tooLong ? `, and asks to wait ${Math.ceil((result.after ?? 0) / 1e3)} s` : "";
      throw new GateError(
        wanted.code,
        { message: `${result.message}${tries}${later}`, fix: fixOf(result.message) },
        { cause: result.cause }
      );
    }
    const delay = result.after ?? wait;
    tell(`${result.message}; again in ${(delay / 1e3).toFixed(1)} s`);
    await sleep(delay);
    wait *= 2;
  }
}
function placeOf({ origin, pathname }) {
  return `${origin}${pathname}`;
}
function checkOrigin(url, vendors, { origins }, keyed) {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new GateError("config", { message: `not an http(s) address: ${placeOf(url)}` });
  }
  if (url.username !== "" || url.password !== "") {
    throw new GateError("config", {
      message: `the address of ${url.host} holds a user name or password`,
      fix: 'put them into a header from the environment: headers: {Authorization: "Basic $NAME"}'
    });
  }
  if (!vendors.includes(url.origin) && !origins.includes(url.origin)) {
    throw new GateError("config", {
      message: `nobody allowed requests to ${url.origin}: the origin comes from the workflow or the command line, not from the config`,
      fix: `allow it: --predictor-origin ${url.origin} (the action: input \`predictor-origin\`)`
    });
  }
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (keyed && url.protocol === "http:" && !local) {
    throw new GateError("config", {
      message: `a secret would go to ${url.origin} unencrypted`,
      fix: "use https"
    });
  }
}
async function once(wanted) {
  const { url, method, headers, body, timeout, maxBytes, secrets } = wanted;
  const place2 = `${method} ${placeOf(url)}`;
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...body === void 0 ? {} : { body },
      redirect: "manual",
      signal: AbortSignal.timeout(timeout)
    });
    const bytes = await readBody(response, maxBytes);
    if (response.ok) return { status: response.status, body: bytes };
    return {
      message: `${place2} answered ${describe(response, bytes, secrets)}`,
      retry: response.status === 429 || response.status >= 500,
      after: retryAfter(response.headers.get("retry-after"))
    };
  } catch (error) {
    if (error instanceof RangeError) {
      return { message: `${place2}: ${error.message}`, retry: false, after: null, cause: error };
    }
    const cause = isNativeError(error) && error.cause !== void 0 ? error.cause : error;
    const reason = isTimeout(error) ? `has not answered for ${timeout / 1e3} seconds` : `cannot be reached: ${redact(messageOf(cause), secrets)}`;
    return { message: `${place2} ${reason}`, retry: true, after: null, cause: error };
  }
}
function isTimeout(error) {
  return error instanceof DOMException && error.name === "TimeoutError";
}
async function readBody(response, maxBytes) {
  const parts2 = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > maxBytes) {
      throw new RangeError(`the answer has more than ${maxBytes} bytes`);
    }
    parts2.push(part);
  }
  return Buffer.concat(parts2);
}
function describe(response, body, secrets) {
  const { status } = response;
  if (status >= 300 && status < 400) {
    return `${status}, a redirect, which is not followed: a key would go with it`;
  }
  const words = wordsOf(body);
  return `${status}${words === "" ? "" : `: ${harmless(redact(words, secrets)).slice(0, TOLD)}`}`;
}
function wordsOf(body) {
  const text = body.subarray(0, 1e4).toString().trim();
  if (text.startsWith("<")) return "an HTML page";
  try {
    const value = JSON.parse(text);
    if (typeof value !== "object" || value === null) return text;
    const fields2 = new Map(Object.entries(value));
    const said = ["message", "error", "detail"].map((key) => fields2.get(key)).find((field) => field !== void 0 && field !== null);
    return (typeof said === "string" ? said : JSON.stringify(said ?? value)).replace(/\s+/g, " ");
  } catch {
    return text.replace(/\s+/g, " ");
  }
}
function retryAfter(header) {
  if (header === null) return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1e3;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
function fixOf(message) {
  if (/answered 40[13]/.test(message)) {
    return "is the key right, and may it use this project?";
  }
  if (/answered 404/.test(message)) return "check the names in the address";
  if (/answered 402/.test(message))
    return "credits or quota are used up: what was finished is kept";
  if (/answered 4(15|22)/.test(message)) {
    return "the server expects another kind of request; a server of your own: set predictor.body to what it takes";
  }
  if (/answered 429/.test(message)) {
    return "ask for fewer requests a second, or look at the quota; what was finished is kept";
  }
  return "run the same command again: what was finished is kept";
}

// src/predict/onnx/fetch.ts
var REDIRECTS = 5;
var DOWNLOAD_MS = 18e5;
function isAddress(model) {
  return /^https?:\/\//i.test(model);
}
async function fetchModel(address, sha256, cache, maxBytes) {
  const kept = join(cache, `${sha256}.onnx`);
  const there = await readFile2(kept).catch(() => null);
  if (there && hashOf(there) === sha256) return there;
  const bytes = await download(new URL(address), maxBytes);
  const actual = hashOf(bytes);
  if (actual !== sha256) {
    throw new GateError("model", {
      message: `what lies at ${placeOf(new URL(address))} has the SHA-256 ${actual}, predictor.sha256 says ${sha256}`,
      fix: "name the version that was meant, or its hash"
    });
  }
  await mkdir2(dirname2(kept), { recursive: true });
  const temporary = `${kept}.${process.pid}.tmp`;
  await writeFile2(temporary, bytes);
  await rename2(temporary, kept);
  return bytes;
}
function hashOf(bytes) {
  return createHash3("sha256").update(bytes).digest("hex");
}
async function download(from, maxBytes) {
  let url = from;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    checkAddress(url);
    const response = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(DOWNLOAD_MS)
    }).catch((error) => fail(url, `cannot be reached: ${messageOf(error)}`));
    const next = response.status >= 300 && response.status < 400 && response.headers.get("location");
    if (next) {
      await response.body?.cancel();
      url = new URL(next, url);
      continue;
    }
    if (!response.ok) return fail(url, `answered ${response.status}`);
    const parts2 = [];
    let size = 0;
    for await (const part of response.body ?? []) {
      size += part.byteLength;
      if (size > maxBytes) return fail(url, `is larger than ${maxBytes} bytes`);
      parts2.push(part);
    }
    return Buffer.concat(parts2);
  }
  return fail(from, "is redirected in circles");
}
function checkAddress(url) {
  if (url.username !== "" || url.password !== "")
    fail(url, "has a user name or password in its address");
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "https:" || url.protocol === "http:" && local) return;
  fail(url, "is not https");
}
function fail(url, what) {
  throw new GateError("model", {
    message: `the model at ${placeOf(url)} ${what}`,
    fix: "a model that needs a login is downloaded by an earlier step: docs/models.md"
  });
}

// node_modules/pbf/index.js
var SHIFT_LEFT_32 = (1 << 16) * (1 << 16);
var SHIFT_RIGHT_32 = 1 / SHIFT_LEFT_32;
var TEXT_DECODER_MIN_LENGTH = 12;
var utf8TextDecoder = typeof TextDecoder === "undefined" ? null : new TextDecoder("utf-8");
var PBF_VARINT = 0;
var PBF_FIXED64 = 1;
var PBF_BYTES = 2;
var PBF_FIXED32 = 5;
var PbfReader = class {
  /**
   * @param {Uint8Array | ArrayBuffer} buf
   */
  constructor(buf) {
    this.buf = ArrayBuffer.isView(buf) ? buf : new Uint8Array(buf);
    this.dataView = new DataView(this.buf.buffer, this.buf.byteOffset, this.buf.byteLength);
    this.pos = 0;
    this.type = 0;
    this._valueStart = -1;
    this.length = this.buf.length;
  }
  /**
   * @template T
   * @param {(tag: number, result: T, pbf: PbfReader) => void} readField
   * @param {T} result
   * @param {number} [end]
   */
  readFields(readField, result, end = this.length) {
    let field;
    while (field = this.nextField(end)) {
      readField(field, result, this);
    }
    return result;
  }
  /**
   * @template T
   * @param {(tag: number, result: T, pbf: PbfReader) => void} readField
   * @param {T} result
   */
  readMessage(readField, result) {
    return this.readFields(readField, result, this.readVarint() + this.pos);
  }
  readFixed32() {
    const val = this.dataView.getUint32(this.pos, true);
    this.pos += 4;
    return val;
  }
  readSFixed32() {
    const val = this.dataView.getInt32(this.pos, true);
    this.pos += 4;
    return val;
  }
  // 64-bit int handling is based on github.com/dpw/node-buffer-more-ints (MIT-licensed)
  readFixed64() {
    const val = this.dataView.getUint32(this.pos, true) + this.dataView.getUint32(this.pos + 4, true) * SHIFT_LEFT_32;
    this.pos += 8;
    return val;
  }
  readSFixed64() {
    const val = this.dataView.getUint32(this.pos, true) + this.dataView.getInt32(this.pos + 4, true) * SHIFT_LEFT_32;
    this.pos += 8;
    return val;
  }
  readFloat() {
    const val = this.dataView.getFloat32(this.pos, true);
    this.pos += 4;
    return val;
  }
  readDouble() {
    const val = this.dataView.getFloat64(this.pos, true);
    this.pos += 8;
    return val;
  }
  /**
   * @param {boolean} [isSigned]
   */
  readVarint(isSigned) {
    const buf = this.buf;
    const b0 = buf[this.pos++];
    if (b0 < 128) return b0;
    let val = b0 & 127, b;
    b = buf[this.pos++];
    val |= (b & 127) << 7;
    if (b < 128) return val;
    b = buf[this.pos++];
    val |= (b & 127) << 14;
    if (b < 128) return val;
    b = buf[this.pos++];
    val |= (b & 127) << 21;
    if (b < 128) return val;
    b = buf[this.pos];
    val |= (b & 15) << 28;
    return readVarintRemainder(val, isSigned, this);
  }
  readSVarint() {
    const num = this.readVarint();
    return num % 2 === 1 ? (num + 1) / -2 : num / 2;
  }
  readBoolean() {
    return Boolean(this.readVarint());
  }
  readString() {
    const end = this.readVarint() + this.pos;
    const pos = this.pos;
    this.pos = end;
    if (end - pos >= TEXT_DECODER_MIN_LENGTH && utf8TextDecoder) {
      return utf8TextDecoder.decode(this.buf.subarray(pos, end));
    }
    return readUtf8(this.buf, pos, end);
  }
  readBytes() {
    const end = this.readVarint() + this.pos, buffer = this.buf.subarray(this.pos, end);
    this.pos = end;
    return buffer;
  }
  // verbose for performance reasons; doesn't affect gzipped size
  /**
   * @param {number[]} [arr]
   * @param {boolean} [isSigned]
   */
  readPackedVarint(arr = [], isSigned) {
    const end = this.readPackedEnd();
    while (this.pos < end) arr.push(this.readVarint(isSigned));
    return arr;
  }
  /** @param {number[]} [arr] */
  readPackedSVarint(arr = []) {
    const end = this.readPackedEnd();
    while (this.pos < end) arr.push(this.readSVarint());
    return arr;
  }
  /** @param {boolean[]} [arr] */
  readPackedBoolean(arr = []) {
    const end = this.readPackedEnd();
    while (this.pos < end) arr.push(this.readBoolean());
    return arr;
  }
  /** @param {number[]} [arr] */
  readPackedFloat(arr = []) {
    const end = this.readPackedEnd();
    while (this.pos < end) arr.push(this.readFloat());
    return arr;
  }
  /** @param {number[]} [arr] */
  readPackedDouble(arr = []) {
    const end = this.readPackedEnd();
    while (this.pos < end) arr.push(this.readDouble());
    return arr;
  }
  /** @param {number[]} [arr] */
  readPackedFixed32(arr = []) {
    const end = this.readPackedEnd();
    while (this.pos < end) arr.push(this.readFixed32());
    return arr;
  }
  /** @param {number[]} [arr] */
  readPackedSFixed32(arr = []) {
    const end = this.readPackedEnd();
    while (this.pos < end) arr.push(this.readSFixed32());
    return arr;
  }
  /** @param {number[]} [arr] */
  readPackedFixed64(arr = []) {
    const end = this.readPackedEnd();
    while (this.pos < end) arr.push(this.readFixed64());
    return arr;
  }
  /** @param {number[]} [arr] */
  readPackedSFixed64(arr = []) {
    const end = this.readPackedEnd();
    while (this.pos < end) arr.push(this.readSFixed64());
    return arr;
  }
  readPackedEnd() {
    return this.type === PBF_BYTES ? this.readVarint() + this.pos : this.pos + 1;
  }
  /**
   * Advance to the next field. Returns the field number, or 0 at end-of-message.
   * @param {number} [end]
   */
  nextField(end = this.length) {
    if (this.pos === this._valueStart) this.skip(this.type);
    if (this.pos >= end) return 0;
    const tag = this.readVarint();
    this.type = tag & 7;
    this._valueStart = this.pos;
    return tag >>> 3;
  }
  /** @param {number} val */
  skip(val) {
    const type = val & 7;
    if (type === PBF_VARINT) while (this.buf[this.pos++] > 127) {
    }
    else if (type === PBF_BYTES) this.pos = this.readVarint() + this.pos;
    else if (type === PBF_FIXED32) this.pos += 4;
    else if (type === PBF_FIXED64) this.pos += 8;
    else throw new Error(`Unimplemented type: ${type}`);
  }
};
function readVarintRemainder(l, s, p) {
  const buf = p.buf;
  let h, b;
  b = buf[p.pos++];
  h = (b & 112) >> 4;
  if (b < 128) return toNum(l, h, s);
  b = buf[p.pos++];
  h |= (b & 127) << 3;
  if (b < 128) return toNum(l, h, s);
  b = buf[p.pos++];
  h |= (b & 127) << 10;
  if (b < 128) return toNum(l, h, s);
  b = buf[p.pos++];
  h |= (b & 127) << 17;
  if (b < 128) return toNum(l, h, s);
  b = buf[p.pos++];
  h |= (b & 127) << 24;
  if (b < 128) return toNum(l, h, s);
  b = buf[p.pos++];
  h |= (b & 1) << 31;
  if (b < 128) return toNum(l, h, s);
  throw new Error("Expected varint not more than 10 bytes");
}
function toNum(low, high, isSigned) {
  return isSigned ? high * 4294967296 + (low >>> 0) : (high >>> 0) * 4294967296 + (low >>> 0);
}
function readUtf8(buf, pos, end) {
  let str = "";
  let i = pos;
  while (i < end) {
    const b0 = buf[i];
    let c = null;
    let bytesPerSequence = b0 > 239 ? 4 : b0 > 223 ? 3 : b0 > 191 ? 2 : 1;
    if (i + bytesPerSequence > end) break;
    let b1, b2, b3;
    if (bytesPerSequence === 1) {
      if (b0 < 128) {
        c = b0;
      }
    } else if (bytesPerSequence === 2) {
      b1 = buf[i + 1];
      if ((b1 & 192) === 128) {
        c = (b0 & 31) << 6 | b1 & 63;
        if (c <= 127) {
          c = null;
        }
      }
    } else if (bytesPerSequence === 3) {
      b1 = buf[i + 1];
      b2 = buf[i + 2];
      if ((b1 & 192) === 128 && (b2 & 192) === 128) {
        c = (b0 & 15) << 12 | (b1 & 63) << 6 | b2 & 63;
        if (c <= 2047 || c >= 55296 && c <= 57343) {
          c = null;
        }
      }
    } else if (bytesPerSequence === 4) {
      b1 = buf[i + 1];
      b2 = buf[i + 2];
      b3 = buf[i + 3];
      if ((b1 & 192) === 128 && (b2 & 192) === 128 && (b3 & 192) === 128) {
        c = (b0 & 15) << 18 | (b1 & 63) << 12 | (b2 & 63) << 6 | b3 & 63;
        if (c <= 65535 || c >= 1114112) {
          c = null;
        }
      }
    }
    if (c === null) {
      c = 65533;
      bytesPerSequence = 1;
    } else if (c > 65535) {
      c -= 65536;
      str += String.fromCharCode(c >>> 10 & 1023 | 55296);
      c = 56320 | c & 1023;
    }
    str += String.fromCharCode(c);
    i += bytesPerSequence;
  }
  return str;
}

// src/predict/onnx/file.ts
var MODEL_GRAPH = 7;
var MODEL_METADATA = 14;
var MODEL_TRAINING = 20;
var MODEL_FUNCTIONS = 25;
var ENTRY_KEY = 1;
var ENTRY_VALUE = 2;
var TENSOR_EXTERNAL_DATA = 13;
var TENSOR_DATA_LOCATION = 14;
var CONTENTS = {
  graph: { 1: "node", 5: "tensor", 15: "sparse" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse" },
  sparse: { 1: "tensor", 2: "tensor" },
  function: { 7: "node", 11: "attribute" },
  training: { 1: "graph", 2: "graph" },
  tensor: {}
};
function readOnnxFile(bytes) {
  const state = { nodes: 0, externalData: false, metadata: /* @__PURE__ */ new Map() };
  try {
    new PbfReader(bytes).readFields((tag, scan, reader) => {
      if (tag === MODEL_GRAPH) scanMessage("graph", scan, reader);
      else if (tag === MODEL_TRAINING) scanMessage("training", scan, reader);
      else if (tag === MODEL_FUNCTIONS) scanMessage("function", scan, reader);
      else if (tag === MODEL_METADATA) {
        const entry = reader.readMessage(readEntryField, { key: "", value: "" });
        scan.metadata.set(entry.key, entry.value);
      }
    }, state);
  } catch {
    return null;
  }
  if (state.nodes === 0) return null;
  return {
    names: parseNames(state.metadata.get("names")),
    imageSize: parseImageSize(state.metadata.get("imgsz")),
    task: state.metadata.get("task") ?? null,
    endToEnd: saysEndToEnd(state.metadata),
    externalData: state.externalData
  };
}
function scanMessage(kind, scan, reader) {
  const contents = new Map(
    Object.entries(CONTENTS[kind]).map(([field, inner]) => [Number(field), inner])
  );
  reader.readMessage((tag) => {
    if (kind === "graph" && tag === 1) scan.nodes += 1;
    if (kind === "tensor" && tag === TENSOR_EXTERNAL_DATA) scan.externalData = true;
    if (kind === "tensor" && tag === TENSOR_DATA_LOCATION && reader.readVarint() !== 0) {
      scan.externalData = true;
    }
    const inner = contents.get(tag);
    if (inner) scanMessage(inner, scan, reader);
  }, null);
}
function readEntryField(tag, entry, reader) {
  if (tag === ENTRY_KEY) entry.key = reader.readString();
  if (tag === ENTRY_VALUE) entry.value = reader.readString();
}
function parseNames(text) {
  if (text === void 0) return null;
  const names = [];
  const body = text.trim().replace(/^[{[]/, "").replace(/[}\]]$/, "");
  const entry = /\s*(?:["']?(\d+)["']?\s*:\s*)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:,|$)/gy;
  let end = 0;
  for (let match = entry.exec(body); match; match = entry.exec(body)) {
    const index = match[1] === void 0 ? names.length : Number(match[1]);
    if (index !== names.length) return null;
    names.push((match[2] ?? match[3] ?? "").replace(/\\(.)/g, "$1"));
    end = entry.lastIndex;
  }
  return names.length > 0 && body.slice(end).trim() === "" ? names : null;
}
function saysEndToEnd(metadata) {
  return metadata.get("end2end") === "True" || /["']nms["']\s*:\s*true\b/i.test(metadata.get("args") ?? "");
}
function parseImageSize(text) {
  const match = /^\s*\[?\s*(\d+)(?:\s*,\s*(\d+))?\s*\]?\s*$/.exec(text ?? "");
  if (!match?.[1]) return null;
  const height = Number(match[1]);
  return { height, width: match[2] === void 0 ? height : Number(match[2]) };
}

// src/predict/onnx/model.ts
var MAX_MODEL_BYTES = 2 ** 31;
async function readModel({ model, sha256 }, { location, cacheDirectory }) {
  const fail3 = failFor(model);
  const bytes = isAddress(model) ? await downloaded(model, sha256, cacheDirectory) : await fromDisk(model, location);
  const digest = createHash4("sha256").update(bytes).digest("hex");
  if (sha256 !== void 0 && digest !== sha256) {
    return fail3(
      `the model has the SHA-256 ${digest}, predictor.sha256 says ${sha256}`,
      "name the version that was meant, or its hash"
    );
  }
  if (Buffer.from(bytes.subarray(0, 40)).toString("latin1").startsWith("version https://git-lfs")) {
    return fail3(
      "the model is a Git LFS pointer, not the file",
      "run `git lfs pull` (checkout: `lfs: true`)"
    );
  }
  const file = readOnnxFile(bytes);
  if (file === null)
    return fail3("not an ONNX model", "export the model to ONNX and name that file");
  if (file.externalData) {
    return fail3(
      "the model keeps weights in another file",
      "save it as a single file (external data off)"
    );
  }
  return { bytes, digest, file };
}
function failFor(model) {
  return (message, fix) => {
    throw new GateError("model", { message: `${message}: ${model}`, fix });
  };
}
async function fromDisk(model, location) {
  const fail3 = failFor(model);
  const found = await locate(model, location);
  if (found.kind === "outside")
    return fail3("the model leaves the workspace", "keep it in the repository");
  const stats = found.kind === "found" ? await stat(found.path) : null;
  if (found.kind !== "found" || !stats?.isFile()) {
    return fail3("the model file was not found", "set predictor.model, relative to the config file");
  }
  if (stats.size > MAX_MODEL_BYTES) return fail3("the model is over 2 GiB", "export a smaller one");
  return readFile3(found.path);
}
function downloaded(model, sha256, cacheDirectory) {
  if (sha256 === void 0) {
    return failFor(model)(
      "a model at an address needs its hash",
      "set predictor.sha256 to what `sha256sum` prints: what lies at an address may change"
    );
  }
  return fetchModel(model, sha256, join2(cacheDirectory, "models"), MAX_MODEL_BYTES);
}

// src/predict/onnx/session.ts
import { basename } from "node:path";

// src/predict/candidates.ts
function createCandidates() {
  return {
    count: 0,
    boxes: new Float64Array(4 * 1024),
    classes: new Int32Array(1024),
    confidences: new Float64Array(1024)
  };
}
function addCandidate(list, x1, y1, x2, y2, classIndex2, confidence) {
  const at = list.count++;
  if (at === list.classes.length) grow(list);
  list.boxes[4 * at] = x1;
  list.boxes[4 * at + 1] = y1;
  list.boxes[4 * at + 2] = x2;
  list.boxes[4 * at + 3] = y2;
  list.classes[at] = classIndex2;
  list.confidences[at] = confidence;
}
function grow(list) {
  const { boxes, classes, confidences } = list;
  list.boxes = new Float64Array(boxes.length * 2);
  list.boxes.set(boxes);
  list.classes = new Int32Array(classes.length * 2);
  list.classes.set(classes);
  list.confidences = new Float64Array(confidences.length * 2);
  list.confidences.set(confidences);
}

// src/predict/classes.ts
function mapClasses(model, dataset, renames) {
  const problems = Object.entries(renames).flatMap(([from, to]) => [
    ...model.includes(from) ? [] : [
      {
        message: `predictor.classes: the model has no class "${from}"`,
        fix: listed("the model’s", model)
      }
    ],
    ...dataset.includes(to) ? [] : [
      {
        message: `predictor.classes: the data set has no class "${to}"`,
        fix: listed("the data set’s", dataset)
      }
    ]
  ]);
  if (problems.length > 0) throw new GateError("config", problems);
  const target = new Map(Object.entries(renames));
  const map = Int32Array.from(model, (name2) => dataset.indexOf(target.get(name2) ?? name2));
  if (map.every((index) => index < 0)) {
    throw new GateError("config", {
      message: `the model and the data set have no class in common; ${listed("the model’s", model)}; ${listed("the data set’s", dataset)}`,
      fix: "map them: predictor.classes: {model name: data set name}"
    });
  }
  const unused = model.filter((_, index) => map[index] < 0);
  const lacking = dataset.filter((_, index) => !map.includes(index));
  return {
    map,
    notes: [
      ...unused.length > 0 ? [`Classes of the model that the data set does not have are left out: ${shorten(unused)}.`] : [],
      ...lacking.length > 0 ? [
        `Classes of the data set that the model does not have count as AP 0: ${shorten(lacking)}.`
      ] : []
    ]
  };
}
function listed(whose, names) {
  return `${whose} classes are ${shorten(names)}`;
}
function shorten(names) {
  return names.length > 12 ? `${names.slice(0, 12).join(", ")}, … (${names.length})` : names.join(", ");
}

// src/predict/nms.ts
var MAX_CANDIDATES = 2 ** 21;
var FIELDS = 5;
var NONE = -1;
function suppress(list, iou, limit) {
  const order = byConfidence(list);
  if (iou === null) return [...order.subarray(0, limit)];
  const most = Math.min(limit, order.length);
  const boxes = { count: 0, values: new Float64Array(FIELDS * most), before: new Int32Array(most) };
  const lastOfClass = /* @__PURE__ */ new Map();
  const kept = [];
  for (let i = 0; i < order.length && kept.length < limit; i++) {
    const index = order[i];
    const classIndex2 = list.classes[index];
    if (!keep(list.boxes, 4 * index, boxes, lastOfClass.get(classIndex2) ?? NONE, iou)) continue;
    lastOfClass.set(classIndex2, kept.length);
    kept.push(index);
  }
  return kept;
}
function keep(boxes, at, kept, last, iou) {
  const x1 = boxes[at];
  const y1 = boxes[at + 1];
  const x2 = boxes[at + 2];
  const y2 = boxes[at + 3];
  const area = (x2 - x1) * (y2 - y1);
  const { values, before } = kept;
  for (let rival = last; rival !== NONE; rival = before[rival]) {
    const k2 = rival * FIELDS;
    const width = Math.min(x2, values[k2 + 2]) - Math.max(x1, values[k2]);
    if (width <= 0) continue;
    const height = Math.min(y2, values[k2 + 3]) - Math.max(y1, values[k2 + 1]);
    if (height <= 0) continue;
    const shared = width * height;
    if (shared > iou * (area + values[k2 + 4] - shared)) return false;
  }
  const to = kept.count++;
  const k = to * FIELDS;
  values[k] = x1;
  values[k + 1] = y1;
  values[k + 2] = x2;
  values[k + 3] = y2;
  values[k + 4] = area;
  before[to] = last;
  return true;
}
function byConfidence({ confidences, count }) {
  if (count > MAX_CANDIDATES) {
    throw new RangeError(`the model proposed ${count} boxes, at most ${MAX_CANDIDATES} are read`);
  }
  const bits = new Uint32Array(new Float32Array(confidences.subarray(0, count)).buffer);
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = -(bits[i] * MAX_CANDIDATES + (MAX_CANDIDATES - 1 - i));
  keys.sort();
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = MAX_CANDIDATES - 1 - -keys[i] % MAX_CANDIDATES;
  return order;
}

// src/predict/detections.ts
function detectionsOf(candidates, placement, image, iou, limit) {
  const scaleX = image.width / placement.width;
  const scaleY = image.height / placement.height;
  const kept = suppress(candidates, iou, limit);
  const boxes = new Float64Array(4 * kept.length);
  const classes = new Int32Array(kept.length);
  const confidences = new Float64Array(kept.length);
  let count = 0;
  for (const index of kept) {
    const from = 4 * index;
    const x1 = clip((candidates.boxes[from] - placement.left) * scaleX, image.width);
    const y1 = clip((candidates.boxes[from + 1] - placement.top) * scaleY, image.height);
    const x2 = clip((candidates.boxes[from + 2] - placement.left) * scaleX, image.width);
    const y2 = clip((candidates.boxes[from + 3] - placement.top) * scaleY, image.height);
    if (!(x2 > x1 && y2 > y1)) continue;
    boxes.set([x1, y1, x2, y2], 4 * count);
    classes[count] = candidates.classes[index];
    confidences[count] = Math.fround(candidates.confidences[index]);
    count += 1;
  }
  return {
    boxes: boxes.slice(0, 4 * count),
    classes: classes.slice(0, count),
    confidences: confidences.slice(0, count)
  };
}
function clip(value, size) {
  return Math.fround(Math.min(Math.max(value, 0), size));
}

// src/predict/limits.ts
var CONFIDENCE_FLOOR = 1e-3;
var MAX_DETECTIONS = 300;

// src/predict/letterbox.ts
var LEVELS = 256;
var BORDER = 114;
function placeImage(image, input, resize) {
  if (resize === "stretch" || resize === "none") return { ...input, left: 0, top: 0 };
  const ratio = Math.min(input.width / image.width, input.height / image.height);
  if (resize === "letterbox-top-left") {
    const width2 = Math.max(1, Math.floor(image.width * ratio));
    const height2 = Math.max(1, Math.floor(image.height * ratio));
    return { width: width2, height: height2, left: 0, top: 0 };
  }
  const width = Math.max(1, Math.round(image.width * ratio));
  const height = Math.max(1, Math.round(image.height * ratio));
  return {
    width,
    height,
    left: Math.max(0, Math.round((input.width - width) / 2 - 0.1)),
    top: Math.max(0, Math.round((input.height - height) / 2 - 0.1))
  };
}
function fillInput(image, input, placement, preprocess, target) {
  const plane = input.width * input.height;
  const tables = channelTables(preprocess);
  const memory = scratch();
  const planes = memory.reserve(target.byteLength);
  const first = (placement.top * input.width + placement.left) * Float32Array.BYTES_PER_ELEMENT;
  const order = preprocess.color === "rgb" ? [0, 1, 2] : [2, 1, 0];
  const [red, green, blue] = order.map(
    (channel) => planes + channel * plane * Float32Array.BYTES_PER_ELEMENT + first
  );
  const borders = tables.map((table) => table[BORDER] ?? 0);
  if (placement.width * placement.height < plane) {
    borders.forEach(
      (border, channel) => memory.floats(planes, target.length).fill(border, channel * plane, (channel + 1) * plane)
    );
  }
  const source = memory.put(image.data);
  const values = new Float32Array(3 * LEVELS);
  order.forEach((channel, i) => values.set(tables[channel], i * LEVELS));
  const planesOf = [memory.put(values), red, green, blue, input.width];
  const { width, height } = placement;
  if (width === image.width && height === image.height) {
    memory.kernels.spreadPlanes(source, width, height, ...planesOf);
  } else {
    memory.kernels.fillPlanes(
      source,
      image.width * 3,
      width,
      height,
      memory.put(taps(image.width, width, 3)),
      memory.put(taps(image.height, height, 1)),
      memory.reserve(2 * width * 16),
      ...planesOf
    );
  }
  target.set(memory.floats(planes, target.length));
}
function channelTables({ scale, mean, std }) {
  return mean.map(
    (offset, channel) => Float32Array.from({ length: LEVELS }, (_, value) => (value * scale - offset) / std[channel])
  );
}
var ONE = 2048;
function taps(source, target, step) {
  const result = new Int32Array(3 * target);
  const scale = source / target;
  for (let i = 0; i < target; i++) {
    const position = (i + 0.5) * scale - 0.5;
    const floor = Math.floor(position);
    const inside = floor >= 0 && floor < source - 1;
    const first = Math.min(Math.max(floor, 0), source - 1);
    result[3 * i] = first * step;
    result[3 * i + 1] = (inside ? first + 1 : first) * step;
    result[3 * i + 2] = inside ? Math.round((position - floor) * ONE) : 0;
  }
  return result;
}

// src/predict/onnx/half.ts
var FLOATS = new Float32Array(1);
var BITS = new Uint32Array(FLOATS.buffer);
function toHalf(values, target) {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) target[i] = halfBits(bits[i]);
}
function halfBits(bits) {
  const sign = bits >>> 16 & 32768;
  const size = bits & 2147483647;
  if (size > 2139095040) return sign | 32256;
  if (size >= 1199566848) return sign | 31744;
  if (size >= 947912704) {
    const rebased = size - 939524096;
    return sign | rebased + 4095 + (rebased >>> 13 & 1) >>> 13;
  }
  BITS[0] = size;
  FLOATS[0] = FLOATS[0] + 0.5;
  return sign | BITS[0] - 1056964608;
}
function fromHalf(bits) {
  return Float32Array.from(bits, halfValue);
}
function halfValue(bits) {
  const sign = bits & 32768 ? -1 : 1;
  const exponent = bits >>> 10 & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

// src/predict/onnx/input.ts
var MAX_SIDE = 8192;
function modelInput(session, file, options) {
  const image = imageInput(session, options.model);
  const mask = session.inputMetadata.flatMap(
    (one) => one.isTensor && isMask(one) ? [one] : []
  )[0];
  const fixed = fixedSize(image);
  const size = checkedSize(
    fixed,
    fixed ?? options.input ?? file.imageSize,
    image.shape.length === 3,
    options
  );
  const half = image.type === "float16";
  const batch = image.shape.length === 4 ? [1] : [];
  return {
    size,
    feeds(planes, { width, height }) {
      const { Tensor } = loadOnnxRuntime();
      const dims = [...batch, 3, height, width];
      const pixels = half ? new Tensor("float16", halves(planes), dims) : new Tensor("float32", planes, dims);
      if (!mask) return { [image.name]: pixels };
      return { [image.name]: pixels, [mask.name]: ones(mask, { width, height }) };
    }
  };
}
function imageInput(session, model) {
  const fail3 = (message, fix) => {
    throw new GateError("model", { message: `${model}: ${message}`, fix });
  };
  const images = session.inputMetadata.filter((input) => !isMask(input));
  const image = images[0];
  const shape = image?.isTensor ? image.shape : [];
  if (!image?.isTensor || images.length !== 1 || shape.length !== 4 && shape.length !== 3) {
    return fail3(
      `expected one image input [N, 3, height, width], found ${session.inputNames.length} of shape [${shape.join(", ")}]`,
      "export the detector alone, with one NCHW input"
    );
  }
  if (image.type !== "float32" && image.type !== "float16") {
    return fail3(
      `the input is ${image.type}, only float32 and float16 are fed`,
      "export with a float32 input"
    );
  }
  const channels = shape.at(-3);
  if (channels !== 3 && typeof channels === "number") {
    return fail3(
      `the input has shape [${shape.join(", ")}], the ${shape.length === 4 ? "second" : "first"} must be 3 (NCHW)`,
      "export as NCHW"
    );
  }
  return image;
}
function isMask(input) {
  return input.isTensor && input.type === "int64" && input.name === "pixel_mask";
}
function fixedSize({ shape }) {
  const [height, width] = shape.slice(-2);
  const fixed = typeof height === "number" && height > 0 && typeof width === "number" && width > 0;
  return fixed ? { width, height } : null;
}
function checkedSize(fixed, size, anySize, { model, input }) {
  const fail3 = (message, fix) => {
    throw new GateError("model", { message: `${model}: ${message}`, fix });
  };
  if (size === null) {
    if (anySize) return null;
    return fail3("the input size is not fixed", "set predictor.input: {width: 640, height: 640}");
  }
  if (size.width > MAX_SIDE || size.height > MAX_SIDE) {
    return fail3(
      `the input is ${size.width} x ${size.height}, at most ${MAX_SIDE} on a side are fed`,
      "export the model for a smaller input"
    );
  }
  if (fixed && input && (input.width !== size.width || input.height !== size.height)) {
    return fail3(
      `predictor.input is ${input.width} x ${input.height}, the model takes ${size.width} x ${size.height}`,
      "leave predictor.input out"
    );
  }
  return size;
}
function halves(planes) {
  const bits = new Uint16Array(planes.length);
  toHalf(planes, bits);
  return bits;
}
function ones({ shape }, image) {
  const { Tensor } = loadOnnxRuntime();
  const [height, width] = shape.slice(-2);
  const dims = [
    1,
    typeof height === "number" && height > 0 ? height : image.height,
    typeof width === "number" && width > 0 ? width : image.width
  ];
  return new Tensor("int64", new BigInt64Array(dims[1] * dims[2]).fill(1n), dims);
}

// src/predict/decode/decoder.ts
var UNIT_RGB = {
  color: "rgb",
  scale: 1 / 255,
  mean: [0, 0, 0],
  std: [1, 1, 1]
};
var IMAGENET_RGB = {
  color: "rgb",
  scale: 1 / 255,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225]
};
function cellCount({ width, height }, strides) {
  return strides.reduce(
    (sum, stride) => sum + Math.ceil(width / stride) * Math.ceil(height / stride),
    0
  );
}
function shapeText({ name: name2, dims }) {
  return `${name2} [${dims.join(", ")}]`;
}
var ONE2 = 1.001;
function checkedConfidence(value) {
  if (!(value <= ONE2)) {
    throw new RangeError(`the model answered ${value} where a confidence from 0 to 1 was expected`);
  }
  return Math.min(value, 1);
}
function checkBox(x1, y1, x2, y2) {
  if (!Number.isFinite(x1 + y1 + x2 + y2)) {
    throw new RangeError("the model answered a box that is not a number");
  }
}
function addCentred(candidates, [cx, cy, width, height], classIndex2, confidence) {
  checkBox(cx, cy, width, height);
  const [halfWidth, halfHeight] = [width / 2, height / 2];
  addCandidate(
    candidates,
    cx - halfWidth,
    cy - halfHeight,
    cx + halfWidth,
    cy + halfHeight,
    classIndex2,
    confidence
  );
}
function mappedClass(value, classMap) {
  const mapped = classMap[value];
  if (mapped === void 0) {
    throw new RangeError(
      `the model answered class ${value}, it has ${classMap.length} class names`
    );
  }
  return mapped;
}

// src/predict/decode/queries.ts
function queryHead(facts, besides, how, classify) {
  const found = queryOutputs(facts);
  const count = facts.classNames?.length;
  if (found === null || count === void 0 || found.fields !== count + besides) return null;
  const shapes = [found.logits, found.boxes].map((index) => shapeText(facts.outputs[index]));
  return {
    classCount: count,
    evidence: `${shapes.join(" and ")}: ${count} classes by ${how}, boxes as fractions of the input`,
    final: true,
    notes: [],
    decode: (outputs, settings, candidates) => decode(outputs, found, classify, settings, candidates)
  };
}
function queryOutputs({ outputs }) {
  const logits = outputs.findIndex(({ name: name2 }) => name2 === "logits");
  const boxes = outputs.findIndex(({ name: name2 }) => name2 === "pred_boxes");
  const [, queries = 0, fields2 = 0] = outputs[logits]?.dims ?? [];
  const [, rows, columns] = outputs[boxes]?.dims ?? [];
  return rows === queries && columns === 4 ? { logits, boxes, queries, fields: fields2 } : null;
}
function decode(outputs, { logits, boxes, queries, fields: fields2 }, classify, { input, floor, classMap }, candidates) {
  const corners = outputs[boxes].data;
  const { data } = outputs[logits];
  for (let query = 0; query < queries; query++) {
    for (const [model, score] of classify(data.subarray(query * fields2, (query + 1) * fields2))) {
      if (score <= floor || classMap[model] < 0) continue;
      const confidence = checkedConfidence(score);
      const [cx = 0, cy = 0, width = 0, height = 0] = corners.subarray(4 * query, 4 * query + 4);
      const { width: right, height: bottom } = input;
      const box = [cx * right, cy * bottom, width * right, height * bottom];
      addCentred(candidates, box, classMap[model], confidence);
    }
  }
}

// src/predict/decode/detr.ts
var detr = {
  name: "detr",
  title: "DETR (Hugging Face)",
  preprocess: { resize: "stretch", ...IMAGENET_RGB },
  recognise: (facts) => queryHead(facts, 1, 'a softmax with "no object"', bestOf)
};
function* bestOf(logits) {
  const most = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - most), 0);
  let best = 0;
  for (let model = 1; model < logits.length - 1; model++) {
    if (logits[model] > logits[best]) best = model;
  }
  yield [best, Math.exp(logits[best] - most) / sum];
}

// src/predict/decode/extras.ts
function boxExtras({ outputs, task }) {
  const [, second, third] = outputs;
  if (third) return null;
  if (second) {
    const [, coefficients = 0] = second.dims;
    if (second.dims.length !== 4) return null;
    return {
      fields: coefficients,
      what: `${coefficients} mask coefficients`,
      notes: ["A segmentation model: its boxes are judged, its masks are not."]
    };
  }
  if (task === "pose") {
    return {
      fields: null,
      what: "key points",
      notes: ["A pose model: its boxes are judged, its key points are not."]
    };
  }
  return { fields: 0, what: null, notes: [] };
}

// src/predict/decode/end2end.ts
var STRIDES = [8, 16, 32];
var end2end = {
  name: "end2end",
  title: "YOLOv10 and 26, and any YOLO exported with nms=True",
  preprocess: { resize: "letterbox", ...UNIT_RGB },
  recognise(facts) {
    const [output] = facts.outputs;
    const extras = boxExtras(facts);
    if (!output || output.dims.length !== 3 || extras === null) return null;
    const [, , fields2 = 0] = output.dims;
    if (fields2 < 6 || fields2 !== 6 + (extras.fields ?? fields2 - 6)) return null;
    if (!facts.endToEnd && !looksFinal(output, facts)) return null;
    return {
      classCount: facts.classNames?.length ?? null,
      evidence: `${shapeText(output)}: corners, confidence and class${extras.what === null ? "" : `, ${extras.what}`}; ${facts.endToEnd ? "the metadata says that boxes are final" : "whole class numbers"}`,
      final: true,
      notes: extras.notes,
      decode([rows], { floor, classMap }, candidates) {
        const { data, dims } = rows;
        const [, count = 0, stride = 0] = dims;
        for (let at = 0; at < count * stride; at += stride) {
          const score = data[at + 4];
          if (score <= floor) continue;
          const confidence = checkedConfidence(score);
          const mapped = mappedClass(data[at + 5], classMap);
          if (mapped < 0) continue;
          const [x1, y1, x2, y2] = [data[at], data[at + 1], data[at + 2], data[at + 3]];
          checkBox(x1, y1, x2, y2);
          addCandidate(candidates, x1, y1, x2, y2, mapped, confidence);
        }
      }
    };
  }
};
function looksFinal({ data, dims }, { input }) {
  const [, rows = 0, fields2 = 0] = dims;
  if (rows >= cellCount(input, STRIDES)) return false;
  for (let at = 5; at < data.length; at += fields2) if (!Number.isInteger(data[at])) return false;
  return true;
}

// src/predict/decode/fastestdet.ts
var STRIDE = 16;
var fastestdet = {
  name: "fastestdet",
  title: "FastestDet",
  preprocess: {
    resize: "stretch",
    color: "bgr",
    scale: 1 / 255,
    mean: [0, 0, 0],
    std: [1, 1, 1]
  },
  recognise({ outputs, input, classNames }) {
    const [output] = outputs;
    if (!output || outputs.length !== 1 || output.dims.length !== 4) return null;
    const [, fields2 = 0, rows = 0, columns = 0] = output.dims;
    if (rows !== input.height / STRIDE || columns !== input.width / STRIDE || fields2 < 6) {
      return null;
    }
    if (classNames !== null && fields2 !== classNames.length + 5) return null;
    return {
      classCount: fields2 - 5,
      evidence: `${shapeText(output)}: objectness, box and ${fields2 - 5} classes for each cell of stride ${STRIDE}`,
      final: false,
      notes: [],
      decode([grid], { floor, classMap }, candidates) {
        const { data } = grid;
        const cells = rows * columns;
        const field = (index, cell) => data[index * cells + cell];
        for (let cell = 0; cell < cells; cell++) {
          const objectness = field(0, cell) ** 0.6;
          for (let model = 0; model < classMap.length; model++) {
            const score = objectness * field(5 + model, cell) ** 0.4;
            if (score <= floor || classMap[model] < 0) continue;
            const confidence = checkedConfidence(score);
            const cx = (cell % columns + Math.tanh(field(1, cell))) * STRIDE;
            const cy = (Math.floor(cell / columns) + Math.tanh(field(2, cell))) * STRIDE;
            const width = sigmoid(field(3, cell)) * input.width;
            const height = sigmoid(field(4, cell)) * input.height;
            addCentred(candidates, [cx, cy, width, height], classMap[model], confidence);
          }
        }
      }
    };
  }
};
function sigmoid(value) {
  return 1 / (1 + Math.exp(-value));
}

// src/predict/decode/nanodet.ts
var GRIDS = [
  [8, 16, 32],
  [8, 16, 32, 64]
];
var BINS = 8;
var SIDES = 4 * BINS;
var nanodet = {
  name: "nanodet",
  title: "NanoDet and NanoDet-Plus",
  preprocess: {
    resize: "stretch",
    color: "bgr",
    scale: 1,
    mean: [103.53, 116.28, 123.675],
    std: [57.375, 57.12, 58.395]
  },
  recognise(facts) {
    const one = facts.outputs.length === 1;
    const found = one ? inOne(facts) : inPairs(facts);
    if (found === null) return null;
    const { classCount, levels } = found;
    if (classCount < 1 || classCount !== (facts.classNames?.length ?? classCount)) return null;
    return {
      classCount,
      evidence: `${facts.outputs.map(shapeText).join(", ")}: ${classCount} classes and 4 x ${BINS} distances for each cell of ${levels.length} strides`,
      final: false,
      notes: [],
      decode(outputs, settings, candidates) {
        for (const level of levels)
          decodeLevel(outputs, level, one ? 0 : 0.5, settings, candidates);
      }
    };
  }
};
function inOne({
  outputs,
  input,
  classNames
}) {
  const [, cells = 0, fields2 = 0] = outputs[0].dims;
  const strides = GRIDS.find((grid) => cells === cellCount(input, grid));
  if (!strides || outputs[0].dims.length !== 3) return null;
  if (classNames === null && strides.length === 3) return null;
  const classCount = fields2 - SIDES;
  let first = 0;
  const levels = strides.map((stride) => {
    const at = first;
    first += cellCount(input, [stride]) * fields2;
    return {
      stride,
      scores: { output: 0, first: at, step: fields2 },
      distances: { output: 0, first: at + classCount, step: fields2 }
    };
  });
  return { classCount, levels };
}
function inPairs({ outputs, input }) {
  const strides = GRIDS.find((grid) => outputs.length === 2 * grid.length);
  if (!strides) return null;
  const classCount = outputs.map(fieldsOf).find((fields2) => fields2 !== SIDES) ?? SIDES;
  const levels = strides.map((stride) => {
    const cells = cellCount(input, [stride]);
    const of = (fields2) => [...outputs.keys()].filter(
      (index) => cellsOf(outputs[index]) === cells && fieldsOf(outputs[index]) === fields2
    );
    const scores = of(classCount)[0];
    const distances = of(SIDES).findLast((index) => index !== scores);
    if (scores === void 0 || distances === void 0) return null;
    return {
      stride,
      scores: { output: scores, first: 0, step: classCount },
      distances: { output: distances, first: 0, step: SIDES }
    };
  });
  const whole = levels.filter((level) => level !== null);
  return whole.length === strides.length ? { classCount, levels: whole } : null;
}
function cellsOf({ dims }) {
  return dims.at(-2) ?? 0;
}
function fieldsOf({ dims }) {
  return dims.at(-1) ?? 0;
}
function decodeLevel(outputs, { stride, scores, distances }, centre, { input, floor, classMap }, candidates) {
  const confidences = outputs[scores.output].data;
  const bins = outputs[distances.output].data;
  const columns = Math.ceil(input.width / stride);
  const cells = columns * Math.ceil(input.height / stride);
  const offset = centre === 0 ? 0 : centre * (stride - 1);
  for (let cell = 0; cell < cells; cell++) {
    const x = cell % columns * stride + offset;
    const y = Math.floor(cell / columns) * stride + offset;
    for (let model = 0; model < classMap.length; model++) {
      const score = confidences[scores.first + cell * scores.step + model];
      if (score <= floor || classMap[model] < 0) continue;
      const confidence = checkedConfidence(score);
      const at = distances.first + cell * distances.step;
      const [left, top, right, bottom] = [0, 1, 2, 3].map(
        (side) => stride * meanBin(bins, at + side * BINS)
      );
      const [x1, y1, x2, y2] = [x - left, y - top, x + right, y + bottom];
      checkBox(x1, y1, x2, y2);
      addCandidate(candidates, x1, y1, x2, y2, classMap[model], confidence);
    }
  }
}
function meanBin(logits, at) {
  let [weights, sum] = [0, 0];
  const most = Math.max(...logits.subarray(at, at + BINS));
  for (let bin = 0; bin < BINS; bin++) {
    const weight = Math.exp(logits[at + bin] - most);
    weights += weight;
    sum += weight * bin;
  }
  return sum / weights;
}

// src/predict/decode/fractions.ts
function fractionHead({ outputs, classNames, endToEnd, task }) {
  const [output] = outputs;
  if (!output || outputs.length !== 1 || output.dims.length !== 3) return null;
  if (endToEnd || classNames === null || (task ?? "detect") !== "detect") return null;
  const rest = restOf(output, classNames.length);
  if (rest === null || !areFractions(output)) return null;
  const count = classNames.length;
  const what = rest === "scores" ? `${count} classes` : "confidence and class";
  return {
    classCount: count,
    evidence: `${shapeText(output)}: boxes as fractions of the input, ${what} for each query`,
    final: true,
    notes: [],
    decode: (answer, settings, candidates) => decode2(answer, rest, settings, candidates)
  };
}
function restOf({ dims, data }, classCount) {
  const fields2 = dims[2];
  const whole = fields2 === 6 && data.every((value, at) => at % 6 !== 5 || isClass(value, classCount));
  if (whole) return "best";
  return fields2 === 4 + classCount ? "scores" : null;
}
function isClass(value, classCount) {
  return Number.isInteger(value) && value >= 0 && value < classCount;
}
function areFractions({ dims: [, , fields2 = 0], data }) {
  for (let at = 0; at < data.length; at += fields2) {
    const [cx = 0, cy = 0, width = 0, height = 0] = data.subarray(at, at + 4);
    if (!(cx >= 0 && cy >= 0 && width > 0 && height > 0)) return false;
    if (!(cx <= 1 && cy <= 1 && width <= 1 && height <= 1)) return false;
  }
  return data.length > 0;
}
function decode2([output], rest, { input, floor, classMap }, candidates) {
  const { data, dims } = output;
  const fields2 = dims[2];
  for (let at = 0; at < data.length; at += fields2) {
    const [cx = 0, cy = 0, width = 0, height = 0, ...said] = data.subarray(at, at + fields2);
    const model = rest === "best" ? said[1] : bestOf2(said);
    const score = rest === "best" ? said[0] : said[model];
    if (score <= floor) continue;
    const confidence = checkedConfidence(score);
    const mapped = mappedClass(model, classMap);
    if (mapped < 0) continue;
    const box = [
      cx * input.width,
      cy * input.height,
      width * input.width,
      height * input.height
    ];
    addCentred(candidates, box, mapped, confidence);
  }
}
function bestOf2(scores) {
  return scores.reduce((best, score, model) => score <= scores[best] ? best : model, 0);
}

// src/predict/decode/rt-detr.ts
var rtDetr = {
  name: "rt-detr",
  title: "RT-DETR (Hugging Face, Ultralytics)",
  preprocess: { resize: "stretch", ...UNIT_RGB },
  recognise: (facts) => queryHead(facts, 0, "a sigmoid each", eachOf) ?? fractionHead(facts)
};
function* eachOf(logits) {
  for (const [model, logit] of logits.entries()) yield [model, 1 / (1 + Math.exp(-logit))];
}

// src/predict/decode/torchvision.ts
var BACKGROUND = /^_*background_*$/i;
var torchvision = {
  name: "torchvision",
  title: "torchvision’s SSD, Faster R-CNN and RetinaNet",
  preprocess: { resize: "stretch", ...UNIT_RGB },
  recognise(facts) {
    const found = find(facts);
    if (found === null) return null;
    const { boxes, labels, scores } = found;
    const first = BACKGROUND.test(facts.classNames?.[0] ?? "") ? 0 : 1;
    return {
      classCount: facts.classNames?.length ?? null,
      evidence: `${facts.outputs.map(shapeText).join(", ")}: boxes, labels and scores`,
      final: true,
      notes: [],
      decode(outputs, { floor, classMap }, candidates) {
        const corners = outputs[boxes].data;
        const confidences = outputs[scores].data;
        for (let row = 0; row < confidences.length; row++) {
          if (confidences[row] <= floor) continue;
          const confidence = checkedConfidence(confidences[row]);
          const label = outputs[labels].data[row];
          if (label < first) continue;
          const mapped = mappedClass(label - first, classMap);
          if (mapped < 0) continue;
          const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = corners.subarray(4 * row, 4 * row + 4);
          checkBox(x1, y1, x2, y2);
          addCandidate(candidates, x1, y1, x2, y2, mapped, confidence);
        }
      }
    };
  }
};
function find({ outputs }) {
  if (outputs.length !== 3) return null;
  const boxes = outputs.findIndex(({ dims }) => dims.length === 2 && dims[1] === 4);
  const labels = outputs.findIndex(({ dims, integer }) => dims.length === 1 && integer);
  const scores = outputs.findIndex(({ dims, integer }) => dims.length === 1 && !integer);
  return boxes < 0 || labels < 0 || scores < 0 ? null : { boxes, labels, scores };
}

// src/predict/decode/yolov5.ts
var GRIDS2 = [
  [8, 16, 32],
  [8, 16, 32, 64]
];
var ANCHORS = 3;
var yolov5 = {
  name: "yolov5",
  title: "YOLOv5 and v7 with anchors",
  preprocess: { resize: "letterbox", ...UNIT_RGB },
  recognise({ outputs, input, classNames }) {
    const [output] = outputs;
    if (!output || output.dims.length !== 3) return null;
    const [, boxes = 0, fields2 = 0] = output.dims;
    if (!GRIDS2.some((strides) => boxes === ANCHORS * cellCount(input, strides))) return null;
    if (classNames === null ? fields2 < 6 : fields2 !== classNames.length + 5) return null;
    return {
      classCount: fields2 - 5,
      evidence: `${shapeText(output)}: a row for each of 3 anchors in each cell, with objectness and ${fields2 - 5} classes`,
      final: false,
      notes: [],
      decode([rows], { floor, classMap }, candidates) {
        const { data } = rows;
        for (let at = 0; at < boxes * fields2; at += fields2) {
          const objectness = data[at + 4];
          if (objectness <= floor) continue;
          for (let model = 0; model < classMap.length; model++) {
            const score = objectness * data[at + 5 + model];
            if (score <= floor || classMap[model] < 0) continue;
            const confidence = checkedConfidence(score);
            const box = [data[at], data[at + 1], data[at + 2], data[at + 3]];
            addCentred(candidates, box, classMap[model], confidence);
          }
        }
      }
    };
  }
};

// src/predict/decode/yolov8.ts
var yolov8 = {
  name: "yolov8",
  title: "YOLOv5u, v8, v9, 11, 12, and 26 with its one-to-many head",
  preprocess: { resize: "letterbox", ...UNIT_RGB },
  recognise(facts) {
    const [output] = facts.outputs;
    const extras = boxExtras(facts);
    if (!output || output.dims.length !== 3 || facts.endToEnd || extras === null) return null;
    const layout = layoutOf(output.dims, facts, extras);
    if (layout === null) return null;
    const parts2 = `4 + ${layout.classCount}${extras.what === null ? "" : ` + ${extras.what}`}`;
    return {
      classCount: layout.classCount,
      evidence: `${shapeText(output)}: ${parts2} fields for each of ${layout.boxes} boxes`,
      final: false,
      notes: extras.notes,
      decode: (outputs, settings, candidates) => decode3(outputs, layout, settings, candidates)
    };
  }
};
function layoutOf(dims, { classNames }, extras) {
  const [, rows = 0, columns = 0] = dims;
  const known = classNames === null ? null : 4 + classNames.length;
  const fits = (fields2) => known === null ? fields2 === Math.min(rows, columns) && fields2 >= 5 + (extras.fields ?? 0) : fields2 === known + (extras.fields ?? fields2 - known) && fields2 >= known;
  const classCountOf = (fields2) => classNames?.length ?? fields2 - 4 - (extras.fields ?? 0);
  if (fits(rows)) {
    return { classCount: classCountOf(rows), boxes: columns, fieldStride: columns, boxStride: 1 };
  }
  if (fits(columns)) {
    return { classCount: classCountOf(columns), boxes: rows, fieldStride: 1, boxStride: columns };
  }
  return null;
}
function decode3(outputs, { classCount, boxes, fieldStride, boxStride }, { floor, classMap }, candidates) {
  const { data } = outputs[0];
  for (let model = 0; model < classCount; model++) {
    const wanted = classMap[model];
    if (wanted < 0) continue;
    const scores = (4 + model) * fieldStride;
    const end = scores + boxes * boxStride;
    let row = nextOver(data, scores, end, boxStride, floor);
    for (; row < end; row = nextOver(data, row + boxStride, end, boxStride, floor)) {
      const confidence = checkedConfidence(data[row]);
      const at = row - scores;
      const cx = data[at];
      const cy = data[at + fieldStride];
      const width = data[at + 2 * fieldStride];
      const height = data[at + 3 * fieldStride];
      addCentred(candidates, [cx, cy, width, height], wanted, confidence);
    }
  }
}
function nextOver(values, at, end, step, floor) {
  while (at < end && values[at] <= floor) at += step;
  return at;
}

// src/predict/decode/yolox.ts
var STRIDES2 = [8, 16, 32];
var yolox = {
  name: "yolox",
  title: "YOLOX, raw grid",
  preprocess: {
    resize: "letterbox-top-left",
    color: "bgr",
    scale: 1,
    mean: [0, 0, 0],
    std: [1, 1, 1]
  },
  recognise({ outputs, input, classNames, endToEnd }) {
    const [output] = outputs;
    if (!output || outputs.length !== 1 || output.dims.length !== 3 || endToEnd) return null;
    const [, boxes = 0, fields2 = 0] = output.dims;
    if (boxes !== cellCount(input, STRIDES2) || fields2 < 6) return null;
    if (classNames !== null && fields2 !== classNames.length + 5) return null;
    return {
      classCount: fields2 - 5,
      evidence: `${shapeText(output)}: a row for each cell of strides 8, 16 and 32, with objectness and ${fields2 - 5} classes`,
      final: false,
      notes: [],
      decode: decode4
    };
  }
};
function decode4([output], { input, floor, classMap }, candidates) {
  const { data, dims } = output;
  const boxStride = dims[2];
  let at = 0;
  for (const stride of STRIDES2) {
    const columns = Math.ceil(input.width / stride);
    const rows = Math.ceil(input.height / stride);
    for (let cell = 0; cell < rows * columns; cell++, at += boxStride) {
      const objectness = data[at + 4];
      if (objectness <= floor) continue;
      for (let model = 0; model < classMap.length; model++) {
        const score = objectness * data[at + 5 + model];
        if (score <= floor || classMap[model] < 0) continue;
        const confidence = checkedConfidence(score);
        const cx = (data[at] + cell % columns) * stride;
        const cy = (data[at + 1] + Math.floor(cell / columns)) * stride;
        const width = Math.exp(data[at + 2]) * stride;
        const height = Math.exp(data[at + 3]) * stride;
        addCentred(candidates, [cx, cy, width, height], classMap[model], confidence);
      }
    }
  }
}

// src/predict/decode/registry.ts
var decoders = [
  nanodet,
  fastestdet,
  detr,
  rtDetr,
  torchvision,
  yolox,
  yolov5,
  end2end,
  yolov8
];

// src/predict/onnx/recognise.ts
var OTHER_TASKS = {
  classify: "a classifier, and the gate judges detectors",
  obb: "a model of oriented boxes, and the gate judges upright ones"
};
function recogniseModel(outputs, input, file, options, dataset) {
  const other = file.task === null ? void 0 : OTHER_TASKS[file.task];
  if (other !== void 0) {
    throw new GateError("model", {
      message: `${options.model} is ${other} (its metadata says task ${file.task})`,
      fix: "export a detection model"
    });
  }
  if (outputs.length === 1 && outputs[0]?.dims.length === 2 && outputs[0].dims[0] === 1) {
    throw new GateError("model", {
      message: `${options.model} answers ${shapeText(outputs[0])}, scores without boxes, as a classifier does, and the gate judges detectors`,
      fix: "export a detection model"
    });
  }
  const given = options.names ?? file.names;
  const wanted = decoders.filter(
    ({ name: name2 }) => options.decoder === "auto" || options.decoder === name2
  );
  for (const classNames of given ? [given] : [dataset, null]) {
    for (const decoder of wanted) {
      const { task, endToEnd } = file;
      const head = decoder.recognise({ outputs, input, classNames, task, endToEnd });
      if (head) return { decoder, head, ...classNamesOf(given, head, dataset, options.model) };
    }
  }
  const shapes = outputs.map(shapeText).join(", ");
  const classes = given === null ? "unknown class names" : `${given.length} class names`;
  throw new GateError("model", {
    message: `${options.model}: ${options.decoder === "auto" ? "no decoder knows" : `decoder ${options.decoder} does not fit`} the output: ${shapes}; input ${input.width} x ${input.height}, ${classes}`,
    fix: `set predictor.decoder to one of ${decoders.map(({ name: name2 }) => name2).join(", ")} and predictor.names to the model's class names, or export one of: ${decoders.map(({ title }) => title).join("; ")}`
  });
}
function classNamesOf(given, head, dataset, model) {
  if (given) return { names: given, notes: head.notes };
  if (head.classCount === null || head.classCount === dataset.length) {
    return {
      names: dataset,
      notes: [
        ...head.notes,
        "The model names no classes; the data set’s names in their order were assumed."
      ]
    };
  }
  throw new GateError("model", {
    message: `${model}: the model has ${head.classCount} classes without names, the data set ${dataset.length}`,
    fix: `list the model's ${head.classCount} class names in order: predictor.names: [...]`
  });
}

// src/predict/onnx/run.ts
import { setTimeout as sleep2 } from "node:timers/promises";
var DEADLINE_MS = 12e4;
async function runModel(session, input, planes, size) {
  const results = await inTime(session.run(input.feeds(planes, size)));
  return session.outputNames.map((name2) => {
    const value = results[name2];
    const data = value ? numbersOf(value) : null;
    if (!value || data === null) {
      throw new RangeError(
        `output "${name2}" is ${value?.type ?? "missing"}, only numbers are read`
      );
    }
    return { name: name2, dims: value.dims, data, integer: !value.type.startsWith("float") };
  });
}
async function inTime(answer) {
  const late = new AbortController();
  const deadline = sleep2(DEADLINE_MS, null, { signal: late.signal, ref: false }).then(() => {
    throw new RangeError(`the model has not answered for ${DEADLINE_MS / 1e3} seconds`);
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    deadline.catch(() => {
    });
    late.abort();
  }
}
function numbersOf({ type, data }) {
  if (data instanceof Float32Array) return data;
  if (Array.isArray(data)) return null;
  if (type === "float16") {
    return fromHalf(new Uint16Array(data.buffer, data.byteOffset, data.length));
  }
  return Float32Array.from(data, Number);
}

// src/predict/onnx/session.ts
var TRIAL = { width: 320, height: 256 };
async function openOnnx(options, context) {
  const { bytes, digest, file } = await readModel(options, context);
  const session = await createSession(bytes, options.model);
  const input = modelInput(session, file, options);
  const trial = input.size ?? TRIAL;
  const grey = await tryOnGrey(session, input, trial, options.model);
  const { decoder, head, names, notes } = recogniseModel(
    grey,
    trial,
    file,
    options,
    context.classes
  );
  const classes = mapClasses(names, context.classes, options.classes);
  const preprocess = preprocessOf(decoder.preprocess, options, input);
  const nms = head.final ? null : options.nms;
  const info = {
    model: { name: basename(options.model), digest },
    engine: { name: "onnxruntime-node", version: onnxRuntimeVersion(), remote: false },
    decoder: decoder.name,
    evidence: head.evidence,
    classes: names,
    input: input.size,
    preprocess,
    device: options.device,
    pixels: "memory",
    floor: CONFIDENCE_FLOOR,
    nms,
    notes: [...notes, ...classes.notes]
  };
  const decode5 = (outputs, size, candidates) => head.decode(
    outputs,
    { input: size, floor: CONFIDENCE_FLOOR, classMap: classes.map },
    candidates
  );
  return {
    info,
    // The input buffer is used again for each image.
    concurrency: 1,
    predict: createPredict(session, input, { preprocess, nms }, decode5),
    [Symbol.asyncDispose]: () => session.release()
  };
}
async function createSession(bytes, model) {
  try {
    return await loadOnnxRuntime().InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: "sequential",
      // Only fatal messages: some models give a warning for each of hundreds of weights.
      logSeverityLevel: 4
    });
  } catch (error) {
    throw new GateError(
      "model",
      {
        message: `ONNX Runtime cannot open ${model}: ${messageOf(error)}`,
        fix: "export it for an operator set that ONNX Runtime 1.30 knows"
      },
      { cause: error }
    );
  }
}
async function tryOnGrey(session, input, size, model) {
  try {
    const grey = new Float32Array(3 * size.width * size.height).fill(0.5);
    return await runModel(session, input, grey, size);
  } catch (error) {
    throw new GateError(
      "model",
      {
        message: `${model} cannot be run on an image of ${size.width} x ${size.height}: ${messageOf(error)}`,
        fix: "export it for batches of one image"
      },
      { cause: error }
    );
  }
}
function preprocessOf(own, { preprocess, model }, { size }) {
  const given = preprocess === "auto" ? {} : preprocess;
  const resize = given.resize ?? (size === null ? "none" : own.resize);
  if (resize === "none" && size !== null) {
    throw new GateError("config", {
      message: `predictor.preprocess.resize is none, but ${model} takes ${size.width} x ${size.height} only`,
      fix: "use letterbox, letterbox-top-left or stretch"
    });
  }
  if (resize !== "none" && size === null) {
    throw new GateError("config", {
      message: `predictor.preprocess.resize is ${resize}, but ${model} takes images of any size`,
      fix: "leave it out, or set predictor.input"
    });
  }
  return {
    resize,
    color: given.color ?? own.color,
    scale: given.scale ?? own.scale,
    mean: given.mean ?? own.mean,
    std: given.std ?? own.std
  };
}
function createPredict(session, input, { preprocess, nms }, decode5) {
  let planes = new Float32Array(0);
  const candidates = createCandidates();
  return async (image) => {
    const { width, height } = input.size ?? image;
    const size = { width, height };
    if (planes.length !== 3 * width * height) planes = new Float32Array(3 * width * height);
    const placement = placeImage(image, size, preprocess.resize);
    fillInput(image, size, placement, preprocess, planes);
    candidates.count = 0;
    try {
      decode5(await runModel(session, input, planes, size), size, candidates);
      return detectionsOf(candidates, placement, image, nms, MAX_DETECTIONS);
    } catch (error) {
      throw new GateError("predictor", { message: messageOf(error) }, { cause: error });
    }
  };
}

// src/predict/onnx/describe.ts
var triple = external_exports.tuple([external_exports.number(), external_exports.number(), external_exports.number()]);
var Info = external_exports.strictObject({
  model: external_exports.strictObject({ name: external_exports.string(), digest: external_exports.string() }),
  engine: external_exports.strictObject({ name: external_exports.string(), version: external_exports.string(), remote: external_exports.boolean() }),
  decoder: external_exports.string(),
  evidence: external_exports.string(),
  classes: external_exports.array(external_exports.string()),
  input: external_exports.strictObject({ width: external_exports.int(), height: external_exports.int() }).nullable(),
  preprocess: external_exports.strictObject({
    resize: external_exports.enum(["letterbox", "letterbox-top-left", "stretch", "none"]),
    color: external_exports.enum(["rgb", "bgr"]),
    scale: external_exports.number(),
    mean: triple,
    std: triple
  }),
  device: external_exports.string(),
  pixels: external_exports.enum(["memory", "png", "jpeg"]),
  floor: external_exports.number(),
  nms: external_exports.number().nullable(),
  notes: external_exports.array(external_exports.string())
});
async function describeOnnx(options, context) {
  var _stack = [];
  try {
    const { digest } = await readModel(options, context);
    const decidedBy = [TOOL_VERSION, onnxRuntimeVersion(), digest, options, context.classes];
    const file = join3(
      context.cacheDirectory,
      "predictors",
      `${contentKey(decidedBy).slice(0, 32)}.json`
    );
    const known = await readMemo(file, Info);
    if (known?.model.digest === digest) return known;
    const predictor = __using(_stack, await openOnnx(options, context), true);
    await writeMemo(file, predictor.info);
    return predictor.info;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}

// src/predict/predictors/command.ts
import { stat as stat2 } from "node:fs/promises";

// src/predict/command/process.ts
import { spawn } from "node:child_process";
import { once as once2 } from "node:events";
import { createInterface } from "node:readline";
var GRACE_MS = 5e3;
var TOLD2 = 1500;
var KEPT = 4 * TOLD2;
var MAX_LINE = 64 * 2 ** 20;
var Ready = external_exports.looseObject({
  ready: external_exports.literal(true),
  classes: external_exports.array(external_exports.string()).optional(),
  model: external_exports.string().max(200).optional()
});
var Reply = external_exports.looseObject({ id: external_exports.int(), error: external_exports.string().optional() });
async function startProcess(argv, directory, environment, timeout, secrets) {
  const [program = "", ...rest] = argv;
  const child = spawn(program, rest, { cwd: directory, env: { ...environment }, stdio: "pipe" });
  const state = {
    name: argv.join(" ").slice(0, 200),
    timeout,
    secrets,
    waiting: /* @__PURE__ */ new Map(),
    stderr: "",
    stray: "",
    failure: null,
    onReady: null
  };
  const starting = new Promise((resolve, reject) => state.onReady = { resolve, reject });
  listen(child, state);
  const late = setTimeout(() => fail2(state, `was not ready in ${timeout} seconds`), timeout * 1e3);
  const ready = await starting.catch((error) => {
    child.kill("SIGKILL");
    throw error;
  }).finally(() => clearTimeout(late));
  let next = 0;
  return {
    ready,
    ask: (question) => ask(child, state, next++, question),
    close: () => close(child)
  };
}
function listen(child, state) {
  child.stderr.on("data", (part) => {
    state.stderr = (state.stderr + part.toString()).slice(-KEPT);
  });
  child.stdin.on("error", () => {
  });
  child.on("error", (error) => fail2(state, `cannot be started: ${messageOf(error)}`));
  child.on(
    "close",
    (code, signal) => fail2(state, signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`)
  );
  const lines = createInterface({ input: child.stdout, crlfDelay: Infinity });
  lines.on("line", (line) => {
    if (line.length > MAX_LINE) return fail2(state, "printed a line that is too long");
    if (!line.startsWith("{")) {
      if (line.trim() !== "") state.stray = line.slice(0, KEPT);
      return;
    }
    read(line, state);
  });
}
function read(line, state) {
  const start = redact(line.slice(0, KEPT), state.secrets).slice(0, 200);
  let value;
  try {
    value = redactAll(JSON.parse(line), state.secrets);
  } catch {
    return fail2(state, `printed a line that is not JSON: ${start}`);
  }
  const ready = Ready.safeParse(value);
  if (ready.success) return state.onReady?.resolve(ready.data);
  const reply = Reply.safeParse(value);
  if (!reply.success) return fail2(state, `printed a line without an id: ${start}`);
  const question = state.waiting.get(reply.data.id);
  if (!question) {
    return fail2(state, `answered ${reply.data.id}, which was not asked or is answered already`);
  }
  state.waiting.delete(reply.data.id);
  clearTimeout(question.timer);
  question.resolve(reply.data);
}
function ask(child, state, id, question) {
  if (state.failure) return Promise.reject(state.failure);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => fail2(state, `has not answered for ${state.timeout} seconds`),
      state.timeout * 1e3
    );
    state.waiting.set(id, { resolve, reject, timer });
    child.stdin.write(`${JSON.stringify({ id, ...question })}
`);
  });
}
function fail2(state, what) {
  if (state.failure) return;
  const [stray, last] = [state.stray, state.stderr.trim()].map(
    (text) => redact(text, state.secrets)
  );
  const said = [
    ...stray ? [`it printed on stdout: ${stray.slice(0, TOLD2)}`] : [],
    ...last ? [`its last words: ${last.slice(-TOLD2)}`] : []
  ];
  state.failure = new GateError("predictor", {
    message: harmless([`the command \`${state.name}\` ${what}`, ...said].join("; ")),
    fix: 'it prints {"ready": true}, then one line {"id": …, "detections": […]} for each line that it reads, flushed; anything else goes to stderr (docs/predictors.md)'
  });
  state.onReady?.reject(state.failure);
  for (const question of state.waiting.values()) {
    clearTimeout(question.timer);
    question.reject(state.failure);
  }
  state.waiting.clear();
}
async function close(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once2(child, "close");
  child.stdin.end();
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  await ended;
  clearTimeout(timer);
}

// src/predict/options.ts
var sharedShape = {
  classes: external_exports.record(external_exports.string(), external_exports.string()).default({}).meta({
    description: "The model’s class names to the data set’s, many to one allowed.",
    examples: [{ person: "Person" }]
  }),
  confidence: external_exports.number().gt(0).lt(1).optional().meta({
    description: "What production uses; risk and failure examples are counted at it. Without it: where F1 is best on clean images."
  })
};

// src/predict/external/answers.ts
var externalShape = {
  names: external_exports.array(external_exports.string().min(1)).min(1).optional().meta({
    description: "The model’s class names in order, for one that answers indexes, or classes that the data set does not have."
  }),
  ...sharedShape,
  nms: external_exports.number().gt(0).max(1).default(1).meta({
    description: "Of two boxes of one class that overlap by more than this IoU, the weaker goes; 1 leaves them to the model."
  })
};
var FoundObject = external_exports.looseObject({
  /** Name, or index into `names`. */
  class: external_exports.union([external_exports.string(), external_exports.int().min(0)]),
  confidence: external_exports.number(),
  /** `[x1, y1, x2, y2]` in pixels of the image that was given. */
  box: external_exports.tuple([external_exports.number(), external_exports.number(), external_exports.number(), external_exports.number()])
});
var ONE3 = 1.0001;
function externalInfo({ classes, notes }, { nms }, own) {
  return {
    ...own,
    decoder: null,
    evidence: null,
    classes,
    input: null,
    preprocess: null,
    device: null,
    floor: CONFIDENCE_FLOOR,
    nms,
    notes
  };
}
function answerReader(own, options, dataset, floor) {
  const known = options.names ?? own;
  const classes = known ?? [.../* @__PURE__ */ new Set([...Object.keys(options.classes), ...dataset])];
  const { map, notes } = mapClasses(classes, dataset, options.classes);
  const candidates = createCandidates();
  return {
    classes,
    notes: known ? notes : [],
    read(found, size) {
      candidates.count = 0;
      for (const object of found) {
        checkObject(object, size);
        const index = classIndex(object.class, classes, known !== null && known !== void 0);
        if (map[index] < 0 || !(object.confidence > floor)) continue;
        const confidence = Math.min(object.confidence, 1);
        addCandidate(candidates, ...object.box, map[index], confidence);
      }
      return detectionsOf(
        candidates,
        { ...size, left: 0, top: 0 },
        size,
        options.nms,
        MAX_DETECTIONS
      );
    }
  };
}
function checkObject({ confidence, box }, { width, height }) {
  const [x1, y1, x2, y2] = box;
  const fail3 = (message) => {
    throw new GateError("predictor", {
      message,
      fix: "a confidence is 0 to 1, a box [x1, y1, x2, y2] in pixels of the image that was given"
    });
  };
  if (!(confidence >= 0 && confidence <= ONE3)) {
    fail3(`the model answered ${confidence} where a confidence from 0 to 1 was expected`);
  }
  if (!Number.isFinite(x1 + y1 + x2 + y2)) fail3("the model answered a box that is not a number");
  const far = x1 < -width || y1 < -height || x2 > 2 * width || y2 > 2 * height;
  if (far || x1 > x2 || y1 > y2) {
    fail3(`the model answered the box ${box.join(", ")} in an image of ${width} x ${height}`);
  }
}
function classIndex(given, classes, told) {
  const index = typeof given === "string" ? classes.indexOf(given) : given;
  if (typeof given === "number" && !told) {
    throw new GateError("predictor", {
      message: `the model answered class ${given}, and its names are not known`,
      fix: "list the model's class names in order: predictor.names: [...]"
    });
  }
  if (index < 0 || index >= classes.length) {
    throw new GateError("predictor", {
      message: `the model answered class ${typeof given === "string" ? `"${given.slice(0, 80)}"` : given}, ${told ? "which is not among its own names" : "which neither the data set nor predictor.classes has"}`,
      fix: "map it: predictor.classes: {name: data-set name}; or list all names of the model, and those without a mapping are left out: predictor.names: [...]"
    });
  }
  return index;
}

// src/predict/external/identity.ts
import { createHash as createHash5 } from "node:crypto";
var MAX_BYTES = 2 ** 31;
var identityShape = {
  files: external_exports.array(external_exports.string().min(1)).default([]).meta({
    description: "Files that decide what the model answers (weights, code): when one changes, so does the model.",
    examples: [["weights/best.pt"]]
  }),
  version: external_exports.string().min(1).max(200).optional().meta({
    description: "What the model is called, where no file tells one from another."
  })
};
async function modelDigest({ files, version }, said, own, location) {
  const paths = [.../* @__PURE__ */ new Set([...own, ...files])];
  if (paths.length === 0 && version === void 0 && said === null) {
    throw new GateError("config", {
      message: "nothing tells this model from another: a changed one would pass for the baseline’s",
      fix: "list the files that decide what it answers (predictor.files), or name it (predictor.version)"
    });
  }
  const digests = await Promise.all(
    paths.map(async (path) => {
      const found = await locate(path, location);
      if (found.kind !== "found") {
        throw new GateError("model", {
          message: `predictor.files: ${found.kind === "missing" ? "not found" : "leaves the workspace"}: ${path}`,
          fix: "paths are relative to the config file"
        });
      }
      const bytes = await readBounded(found.path, "the file", MAX_BYTES, "model");
      return [path, createHash5("sha256").update(bytes).digest("hex")];
    })
  );
  return contentKey([digests, version ?? null, said]);
}

// src/predict/predictors/command.ts
var commandOptions = external_exports.strictObject({
  kind: external_exports.literal("command").meta({
    description: "A program of your own that speaks JSON lines (docs/predictors.md); needs `allow-command`."
  }),
  command: external_exports.array(external_exports.string().min(1)).min(1).meta({
    description: "Program and arguments; no shell. It runs in the folder of the config.",
    examples: [["python", "predict.py", "weights/best.pt"]]
  }),
  processes: external_exports.int().min(1).max(64).default(1).meta({
    description: "How many of it run at once, each with its own model."
  }),
  timeout: external_exports.number().positive().max(3600).default(120).meta({
    description: "Seconds to get ready, and for one image."
  }),
  ...identityShape,
  ...externalShape
});
var Detections = external_exports.array(FoundObject);
var CONCURRENCY = 2;
var PRIVATE = /^(ACTIONS_|INPUT_|GITHUB_TOKEN$)/;
var command = {
  name: "command",
  title: "Command (JSON lines over stdio)",
  options: commandOptions,
  async open(options, { location, classes, allowed }) {
    checkAllowed("command", allowed);
    const { timeout } = options;
    const environment = Object.fromEntries(
      Object.entries(allowed.environment).filter(([name2]) => !PRIVATE.test(name2))
    );
    const own = await filesAmong(options.command, location);
    const running = await startProcess(
      options.command,
      location.directory,
      environment,
      timeout,
      allowed.secrets
    );
    try {
      const { ready } = running;
      const reader = answerReader(ready.classes ?? null, options, classes, CONFIDENCE_FLOOR);
      const identity = await modelDigest(options, ready.model ?? null, own, location);
      const digest = contentKey([identity, options.command]);
      return {
        info: externalInfo(reader, options, {
          model: { name: ready.model ?? options.version ?? options.command.join(" "), digest },
          engine: { name: "command", version: "", remote: false },
          pixels: "png"
        }),
        concurrency: CONCURRENCY,
        async predict(image) {
          const png = Buffer.from(await encodePng(image)).toString("base64");
          const reply = await running.ask({ width: image.width, height: image.height, png });
          if (reply.error !== void 0) {
            throw new GateError("predictor", {
              message: `the command could not predict: ${reply.error.slice(0, 500)}`
            });
          }
          return reader.read(parseDetections(reply["detections"]), image);
        },
        [Symbol.asyncDispose]: () => running.close()
      };
    } catch (error) {
      await running.close();
      throw error;
    }
  }
};
function checkAllowed(kind, allowed) {
  if (allowed.command) return;
  throw new GateError("config", {
    message: `predictor.kind ${kind} runs code that the config names, and nobody allowed that`,
    fix: "allow it: --allow-command (the action: input `allow-command: true`); a pull request’s own code then runs in the job"
  });
}
function parseDetections(value) {
  const parsed = Detections.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new GateError("predictor", {
    message: `the command answered something else than detections: detections${issue?.path.map((part) => `[${String(part)}]`).join("") ?? ""}: ${issue?.message}`,
    fix: '"detections" is a list of {"class": name or index, "confidence": 0 to 1, "box": [x1, y1, x2, y2]}'
  });
}
async function filesAmong(argv, location) {
  const files = await Promise.all(
    argv.slice(1).map(async (argument) => {
      const found = await locate(argument, location);
      return found.kind === "found" && (await stat2(found.path)).isFile() ? [argument] : [];
    })
  );
  return files.flat();
}

// src/predict/predictors/detections-file.ts
import { createHash as createHash6 } from "node:crypto";
import { basename as basename2 } from "node:path";
var detectionsFileOptions = external_exports.strictObject({
  kind: external_exports.literal("detections-file").meta({
    description: "Detections made elsewhere, of images that `perturb --config` wrote."
  }),
  path: external_exports.string().min(1).meta({ description: "COCO results JSON.", examples: ["results.json"] }),
  images: external_exports.string().min(1).meta({
    description: "The images.json that `perturb --config` wrote beside the images.",
    examples: ["changed/images.json"]
  }),
  ...externalShape
});
var MAX_BYTES2 = 2 ** 30 - 1;
var ChangedImages = external_exports.looseObject({
  images: external_exports.array(
    external_exports.looseObject({
      id: external_exports.int(),
      file_name: external_exports.string(),
      width: external_exports.int(),
      height: external_exports.int(),
      digest: external_exports.string(),
      condition: external_exports.string()
    })
  ),
  categories: external_exports.array(external_exports.looseObject({ id: external_exports.int(), name: external_exports.string() }))
});
var Results = external_exports.array(
  external_exports.looseObject({
    image_id: external_exports.int(),
    category_id: external_exports.int(),
    bbox: external_exports.tuple([external_exports.number(), external_exports.number(), external_exports.number(), external_exports.number()]),
    score: external_exports.number()
  })
);
var detectionsFile = {
  name: "detections-file",
  title: "Detections made elsewhere",
  options: detectionsFileOptions,
  async open(options, { location, classes }) {
    const listed2 = await readJson(options.images, ChangedImages, "predictor.images", location);
    const results = await readJson(options.path, Results, "predictor.path", location);
    const { images, categories } = listed2.value;
    const names = categories.map(({ name: name2 }) => name2);
    const reader = answerReader(names, options, classes, CONFIDENCE_FLOOR);
    const found = byImage(results.value, listed2.value, options.path);
    const silent = images.length - found.size;
    const ids = new Map(images.map((image) => [keyOf(image), image]));
    return {
      info: {
        ...externalInfo(reader, options, {
          model: {
            name: basename2(options.path),
            digest: contentKey([listed2.digest, results.digest])
          },
          engine: { name: "detections-file", version: "", remote: true },
          pixels: "png"
        }),
        notes: [
          ...reader.notes,
          ...silent > 0 ? [
            `${silent} of ${images.length} changed images have no detection in ${basename2(options.path)}: taken to show nothing to the model.`
          ] : []
        ]
      },
      concurrency: 1,
      async predict(image, subject) {
        const known = ids.get(keyOf(subject));
        if (!known) {
          throw new GateError("predictor", {
            message: `${options.images} does not list this image under this condition`,
            fix: "data set, suite or seed changed: write the images again (perturb --config) and predict them"
          });
        }
        return reader.read(found.get(known.id) ?? [], image);
      },
      [Symbol.asyncDispose]: async () => {
      }
    };
  }
};
function keyOf({ digest, condition }) {
  return `${digest} ${condition}`;
}
function byImage(results, { images, categories }, file) {
  const known = new Set(images.map(({ id }) => id));
  const names = new Map(categories.map(({ id, name: name2 }) => [id, name2]));
  const found = /* @__PURE__ */ new Map();
  for (const [
    index,
    {
      image_id,
      category_id,
      bbox: [x, y, w, h],
      score
    }
  ] of results.entries()) {
    const name2 = names.get(category_id);
    if (name2 === void 0 || !known.has(image_id)) {
      throw new GateError("predictor", {
        message: `${name2 === void 0 ? `category_id ${category_id}` : `image_id ${image_id}`} is not in the images.json`,
        place: { file, key: `[${index}]` },
        fix: "ids are those of the images.json"
      });
    }
    const list = found.get(image_id) ?? [];
    list.push({ class: name2, confidence: score, box: [x, y, x + w, y + h] });
    found.set(image_id, list);
  }
  return found;
}
async function readJson(path, schema, key, location) {
  const place2 = { file: path };
  const found = await locate(path, location);
  if (found.kind !== "found") {
    const what = found.kind === "missing" ? "not found" : "leaves the workspace";
    throw new GateError("predictor", { message: `${key} ${what}: ${path}` });
  }
  const bytes = await readBounded(found.path, "the file", MAX_BYTES2, "predictor");
  let value;
  try {
    value = JSON.parse(bytes.toString());
  } catch (error) {
    throw new GateError("predictor", { message: "not JSON", place: place2 }, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new GateError("predictor", {
      message: issue?.message ?? "something else was expected",
      place: { file: path, key: issue?.path.join(".") ?? "" },
      fix: "expected a COCO results file, and the images.json of perturb --config"
    });
  }
  return { value: parsed.data, digest: createHash6("sha256").update(bytes).digest("hex") };
}

// src/predict/external/pointer.ts
var jsonPointer = external_exports.string().regex(/^(\/([^~/]|~[01])*)*$/, {
  error: "must be a JSON Pointer: empty, or parts that each begin with a slash, as /predictions/0/box"
});
function pointTo(value, pointer) {
  return parts(pointer).reduce((inner, key) => {
    if (Array.isArray(inner)) return /^(0|[1-9]\d*)$/.test(key) ? inner[Number(key)] : void 0;
    if (typeof inner !== "object" || inner === null) return void 0;
    return new Map(Object.entries(inner)).get(key);
  }, value);
}
function parts(pointer) {
  return pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

// src/predict/external/body.ts
var name = external_exports.string().regex(/^[A-Za-z0-9_.[\]-]{1,100}$/, {
  error: "use letters, digits, dot, underscore, hyphen and brackets, at most 100"
});
var fields = external_exports.record(name, external_exports.union([external_exports.string(), external_exports.number(), external_exports.boolean()])).default({}).meta({
  description: "What goes with the image; `$NAME` is read from the environment.",
  examples: [{ conf: 1e-3 }]
});
var place = jsonPointer.refine(
  (pointer) => pointer !== "" && parts(pointer).every((part, i) => !/^\d+$/.test(part) || part === "0" && i > 0),
  { error: "must name a key, as /image; a list within holds one image, as /instances/0/image" }
);
var ownName = {
  error: "the image goes there: a field of that name would be lost",
  path: ["fields"]
};
var requestBody = external_exports.discriminatedUnion("kind", [
  external_exports.strictObject({ kind: external_exports.literal("png").meta({ description: "The PNG is the body." }) }),
  external_exports.strictObject({
    kind: external_exports.literal("multipart").meta({ description: "A form with the PNG as a file: FastAPI’s UploadFile." }),
    image: name.default("file").meta({ description: "Name of the file’s field." }),
    fields
  }).refine((body) => !Object.hasOwn(body.fields, body.image), ownName),
  external_exports.strictObject({
    kind: external_exports.literal("json").meta({ description: "A JSON object with the PNG in base64." }),
    image: place.default("/image").meta({ description: "JSON Pointer to the image; 0 makes a list of one." }),
    fields
  }).refine((body) => !Object.hasOwn(body.fields, parts(body.image)[0] ?? ""), ownName)
]);
function carry(png, form) {
  switch (form.kind) {
    case "png":
      return { body: png, headers: { "content-type": "image/png" } };
    case "multipart": {
      const body = new FormData();
      for (const [key, value] of Object.entries(form.fields)) body.append(key, String(value));
      body.append(form.image, new Blob([png], { type: "image/png" }), "image.png");
      return { body, headers: {} };
    }
    case "json": {
      const image = placed(form.image, Buffer.from(png).toString("base64"));
      const body = JSON.stringify({ ...form.fields, ...image });
      return { body, headers: { "content-type": "application/json" } };
    }
  }
}
function placed(pointer, value) {
  const [first = "", ...rest] = parts(pointer);
  const inner = rest.reduceRight(
    (within, part) => part === "0" ? [within] : { [part]: within },
    value
  );
  return { [first]: inner };
}
function fillBody(form, allowed) {
  if (form.kind === "png") return { form, secrets: [] };
  const secrets = [];
  const filled = Object.entries(form.fields).map(([key, value]) => {
    if (typeof value !== "string") return [key, value];
    const one = fillSecrets(value, allowed, `predictor.body.fields.${key}`);
    secrets.push(...one.secrets);
    return [key, one.text];
  });
  return {
    form: { ...form, fields: Object.fromEntries(filled) },
    secrets
  };
}

// src/predict/external/pace.ts
import { setTimeout as sleep3 } from "node:timers/promises";
function createPace(perSecond) {
  const gap = 1e3 / perSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    const turn = Math.max(now, next);
    next = turn + gap;
    if (turn > now) await sleep3(turn - now);
  };
}

// src/predict/external/remote.ts
var remoteShape = {
  concurrency: external_exports.int().min(1).max(64).default(8).meta({
    description: "Requests under way at once."
  }),
  requestsPerSecond: external_exports.number().positive().max(1e3).default(20).meta({
    description: "Requests that begin in a second, at most."
  }),
  maxRequests: external_exports.int().min(1).default(1e5).meta({
    description: "A run that needs more requests, over all its shards and looks, ends before the first. How many it needs is told (`validate`)."
  }),
  timeout: external_exports.number().positive().max(3600).default(60).meta({ description: "Seconds for one request." })
};
var MAX_ANSWER = 32 * 2 ** 20;
function openRemote(url, headers, secrets, options, { workers }) {
  const pace = createPace(options.requestsPerSecond / workers);
  const template = {
    url,
    method: "POST",
    headers: { accept: "application/json", ...headers },
    timeout: options.timeout * 1e3,
    maxBytes: MAX_ANSWER,
    secrets,
    code: "predictor"
  };
  return {
    concurrency: Math.max(1, Math.floor(options.concurrency / workers)),
    async ask(body, own, read2) {
      await pace();
      const all = { ...own, ...template.headers };
      const answer = await request({ ...template, headers: all, body });
      return read2(redactAll(parseJson(answer.body.toString(), url), secrets));
    }
  };
}
function parseJson(text, url) {
  try {
    const value = JSON.parse(text);
    return value;
  } catch (error) {
    throw new GateError(
      "predictor",
      {
        message: `${placeOf(url)} answered ${text.trimStart().startsWith("<") ? "an HTML page" : "something"} that is not JSON`,
        fix: "is it the address of the model, and is nobody asked to log in?"
      },
      { cause: error }
    );
  }
}

// src/predict/predictors/http.ts
var answerFields = external_exports.strictObject({
  detections: jsonPointer.default("/detections").meta({ description: "The list of objects; empty for the answer itself." }),
  class: jsonPointer.default("/class").meta({ description: "In an object: name or index." }),
  confidence: jsonPointer.default("/confidence").meta({ description: "In an object: 0 to 1." }),
  box: external_exports.union([jsonPointer, external_exports.tuple([jsonPointer, jsonPointer, jsonPointer, jsonPointer])]).default("/box").meta({ description: "In an object: four numbers, or a pointer to each." }),
  format: external_exports.enum(["xyxy", "xywh", "cxcywh"]).default("xyxy").meta({
    description: "What the four numbers are: corners; corner and size; centre and size."
  }),
  unit: external_exports.enum(["pixel", "fraction"]).default("pixel").meta({
    description: "Pixels of the image that was sent, or fractions of its size."
  })
});
var httpOptions = external_exports.strictObject({
  kind: external_exports.literal("http").meta({
    description: "A server of your own: an image is posted, JSON comes back (docs/predictors.md); needs `predictor-origin`."
  }),
  url: external_exports.url().meta({ description: "Where images go.", examples: ["http://127.0.0.1:8000/predict"] }),
  headers: external_exports.record(external_exports.string().regex(/^[A-Za-z0-9-]+$/), external_exports.string()).default({}).meta({
    description: "Headers; `$NAME` is read from the environment.",
    examples: [{ Authorization: "Bearer $MODEL_TOKEN" }]
  }),
  body: requestBody.default({ kind: "png" }),
  answer: answerFields.prefault({}),
  ...identityShape,
  ...remoteShape,
  ...externalShape
});
var http = {
  name: "http",
  title: "HTTP server",
  options: httpOptions,
  async open(options, context) {
    const url = new URL(options.url);
    const filled = headersOf(options.headers, context);
    const { form, secrets: ofBody } = fillBody(options.body, context.allowed);
    const secrets = [...filled.secrets, ...ofBody];
    if (form.kind === "multipart" && "content-type" in filled.headers) {
      throw new GateError("config", {
        message: "predictor.headers names a content type, and a form brings its own",
        fix: "leave it out of predictor.headers"
      });
    }
    checkOrigin(url, [], context.allowed, secrets.length > 0);
    const reader = answerReader(null, options, context.classes, CONFIDENCE_FLOOR);
    const identity = await modelDigest(options, null, [], context.location);
    const digest = contentKey([identity, options.body, options.answer]);
    const remote = openRemote(url, filled.headers, secrets, options, context);
    return {
      info: externalInfo(reader, options, {
        model: { name: options.version ?? placeOf(url), digest },
        engine: { name: "http", version: "", remote: true },
        pixels: "png"
      }),
      concurrency: remote.concurrency,
      async predict(image) {
        const { body, headers } = carry(Uint8Array.from(await encodePng(image)), form);
        return remote.ask(
          body,
          headers,
          (answer) => reader.read(objectsOf(answer, options.answer, image, placeOf(url)), image)
        );
      },
      [Symbol.asyncDispose]: async () => {
      }
    };
  }
};
function headersOf(given, { allowed }) {
  const filled = Object.entries(given).map(([name2, value]) => {
    const { text, secrets } = fillSecrets(value, allowed, `predictor.headers.${name2}`);
    return { name: name2.toLowerCase(), text, secrets };
  });
  return {
    headers: Object.fromEntries(filled.map(({ name: name2, text }) => [name2, text])),
    secrets: filled.flatMap(({ secrets }) => secrets)
  };
}
function objectsOf(answer, fields2, size, place2) {
  const list = pointTo(answer, fields2.detections);
  if (!Array.isArray(list)) {
    throw new GateError("predictor", {
      message: `${place2}: the answer has no list at "${fields2.detections}"`,
      fix: "set predictor.answer.detections to the JSON Pointer of the list of objects"
    });
  }
  return list.map((entry, index) => {
    const box = Array.isArray(fields2.box) ? fields2.box.map((pointer) => pointTo(entry, pointer)) : pointTo(entry, fields2.box);
    const parsed = FoundObject.safeParse({
      class: pointTo(entry, fields2.class),
      confidence: pointTo(entry, fields2.confidence),
      box
    });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new GateError("predictor", {
        message: `${place2}: object ${index} of the answer: ${String(issue?.path[0])}: ${issue?.message}`,
        fix: "set the JSON Pointers of predictor.answer: class, confidence, box"
      });
    }
    return { ...parsed.data, box: toCorners(parsed.data.box, fields2, size) };
  });
}
function toCorners([a, b, c, d], { format, unit }, { width, height }) {
  const [x, y] = unit === "fraction" ? [width, height] : [1, 1];
  switch (format) {
    case "xyxy":
      return [a * x, b * y, c * x, d * y];
    case "xywh":
      return [a * x, b * y, (a + c) * x, (b + d) * y];
    case "cxcywh":
      return [(a - c / 2) * x, (b - d / 2) * y, (a + c / 2) * x, (b + d / 2) * y];
  }
}

// src/predict/predictors/module.ts
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
var moduleOptions = external_exports.strictObject({
  kind: external_exports.literal("module").meta({
    description: "A JavaScript or TypeScript file that exports `predict(images)` (docs/predictors.md); needs `allow-command`."
  }),
  module: external_exports.string().min(1).meta({ description: "The file; TypeScript needs Node 22.18.", examples: ["predict.mjs"] }),
  ...identityShape,
  ...externalShape
});
var isFunction = external_exports.custom(
  (value) => typeof value === "function"
);
var Module = external_exports.looseObject({
  predict: isFunction,
  classes: external_exports.array(external_exports.string()).optional(),
  model: external_exports.string().max(200).optional(),
  close: isFunction.optional()
});
var Answers = external_exports.array(external_exports.array(FoundObject)).length(1);
var module = {
  name: "module",
  title: "JavaScript or TypeScript module",
  options: moduleOptions,
  async open(options, context) {
    checkAllowed("module", context.allowed);
    const loaded = await load(options.module, context);
    const reader = answerReader(loaded.classes ?? null, options, context.classes, CONFIDENCE_FLOOR);
    const own = [options.module];
    const digest = await modelDigest(options, loaded.model ?? null, own, context.location);
    return {
      info: externalInfo(reader, options, {
        model: { name: loaded.model ?? options.version ?? options.module, digest },
        engine: { name: "module", version: "", remote: false },
        pixels: "memory"
      }),
      concurrency: 1,
      async predict({ width, height, data }) {
        let answer;
        try {
          answer = await loaded.predict([{ width, height, data: data.slice() }]);
        } catch (error) {
          throw new GateError(
            "predictor",
            { message: `${options.module} threw: ${messageOf(error)}` },
            { cause: error }
          );
        }
        const parsed = Answers.safeParse(redactAll(answer, context.allowed.secrets));
        if (parsed.success) return reader.read(parsed.data[0] ?? [], { width, height });
        const [issue] = parsed.error.issues;
        throw new GateError("predictor", {
          message: `${options.module}: predict answered something else than detections: ${issue?.path.join(".")}: ${issue?.message}`,
          fix: "it returns a list for each image, of {class, confidence, box: [x1, y1, x2, y2]}"
        });
      },
      async [Symbol.asyncDispose]() {
        await loaded.close?.();
      }
    };
  }
};
async function load(path, { location }) {
  const found = await locate(path, location);
  const fail3 = (message, fix, cause) => {
    throw new GateError("model", { message: `${path}: ${message}`, fix }, { cause });
  };
  if (found.kind !== "found") {
    const what = found.kind === "missing" ? "the module was not found" : "leaves the workspace";
    return fail3(what, "set predictor.module, relative to the config file");
  }
  try {
    const loaded = Module.safeParse(await import(pathToFileURL(found.path).href));
    if (loaded.success) return loaded.data;
    return fail3("it exports no function `predict`", "export async function predict(images) { … }");
  } catch (error) {
    if (error instanceof GateError) throw error;
    const typescript = [".ts", ".mts"].includes(extname(path));
    return fail3(
      `cannot be loaded: ${messageOf(error)}`,
      typescript ? "TypeScript needs Node 22.18 or later, or compile it" : "mend the module",
      error
    );
  }
}

// src/predict/onnx/options.ts
var decoderNames = decoders.map(({ name: name2 }) => name2);
var triple2 = external_exports.tuple([external_exports.number(), external_exports.number(), external_exports.number()]);
var onnxOptions = external_exports.strictObject({
  kind: external_exports.literal("onnx").meta({ description: "An ONNX file, run by ONNX Runtime in this process." }),
  model: external_exports.string().min(1).meta({
    description: "The model file, or its https address together with `sha256`.",
    examples: ["models/candidate.onnx"]
  }),
  sha256: external_exports.string().regex(/^[0-9a-f]{64}$/, { error: "must be a SHA-256 of 64 lower-case hex digits" }).optional().meta({ description: "What the model file must hash to; needed for an address." }),
  decoder: external_exports.enum(["auto", ...decoderNames]).default("auto").meta({
    description: "How the output is read; `auto` looks at shapes and metadata and says what it found."
  }),
  preprocess: external_exports.union([
    external_exports.literal("auto"),
    external_exports.strictObject({
      resize: external_exports.enum(["letterbox", "letterbox-top-left", "stretch", "none"]).optional(),
      color: external_exports.enum(["rgb", "bgr"]).optional(),
      scale: external_exports.number().positive().optional(),
      mean: triple2.optional(),
      std: triple2.optional()
    })
  ]).default("auto").meta({
    description: "How an image becomes the input: (pixel * scale - mean) / std. `auto` takes what the decoder’s framework does."
  }),
  input: external_exports.strictObject({ width: external_exports.int().min(1).max(8192), height: external_exports.int().min(1).max(8192) }).optional().meta({ description: "Input size in pixels, for a model whose own is not fixed." }),
  names: external_exports.array(external_exports.string().min(1)).min(1).optional().meta({
    description: "The model’s class names in order, for a model whose metadata has none."
  }),
  ...sharedShape,
  nms: external_exports.number().gt(0).max(1).default(0.7).meta({
    description: "Of two boxes of one class that overlap by more than this IoU, the weaker goes."
  }),
  device: external_exports.enum(["cpu"]).default("cpu")
});

// src/predict/predictors/onnx.ts
var onnx = {
  name: "onnx",
  title: "ONNX Runtime",
  options: onnxOptions,
  open: openOnnx
};

// src/predict/predictors/roboflow.ts
var HOSTED = ["https://serverless.roboflow.com", "https://detect.roboflow.com"];
var ROBOFLOW_KEY = "$ROBOFLOW_API_KEY";
var LEAST_CONFIDENCE = 0.01;
var JPEG_QUALITY = 95;
var BASE64 = { "content-type": "application/x-www-form-urlencoded" };
var roboflowOptions = external_exports.strictObject({
  kind: external_exports.literal("roboflow").meta({
    description: "A model that Roboflow hosts, or that its inference server runs."
  }),
  model: external_exports.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}\/[1-9]\d{0,8}$/, {
    error: "must be PROJECT/VERSION, as in the address of the model"
  }).meta({ description: "Project and version.", examples: ["construction-site-safety/28"] }),
  url: external_exports.url().default(HOSTED[0]).meta({
    description: "The inference server; another than Roboflow’s needs `predictor-origin`. E. g. `http://localhost:9001`."
  }),
  apiKey: secretName.default(ROBOFLOW_KEY).meta({ description: "Environment variable that holds the key." }),
  overlap: external_exports.int().min(1).max(100).default(70).meta({
    description: "IoU in per cent of the suppression that the server does."
  }),
  encoding: external_exports.enum(["png", "jpeg"]).default("png").meta({
    description: "How images are sent: without loss, or as JPEG of quality 95, which is recorded."
  }),
  ...remoteShape,
  ...externalShape
});
var Answer = external_exports.looseObject({
  predictions: external_exports.array(
    external_exports.looseObject({
      x: external_exports.number(),
      y: external_exports.number(),
      width: external_exports.number(),
      height: external_exports.number(),
      confidence: external_exports.number(),
      class: external_exports.string()
    })
  ),
  image: external_exports.looseObject({ width: external_exports.number(), height: external_exports.number() }).optional()
});
var roboflow = {
  name: "roboflow",
  title: "Roboflow inference",
  options: roboflowOptions,
  async open(options, context) {
    const url = new URL(`${options.url.replace(/\/+$/, "")}/${options.model}`);
    const { text: key, secrets } = fillSecrets(options.apiKey, context.allowed, "predictor.apiKey");
    checkOrigin(url, HOSTED, context.allowed, true);
    const place2 = placeOf(url);
    url.search = new URLSearchParams({
      api_key: key,
      confidence: String(LEAST_CONFIDENCE),
      overlap: String(options.overlap),
      format: "json",
      // Changed images have no place in the project's data set.
      disable_active_learning: "true"
    }).toString();
    const reader = answerReader(null, options, context.classes, LEAST_CONFIDENCE);
    const remote = openRemote(url, {}, secrets, options, context);
    const { encoding, overlap } = options;
    return {
      info: {
        ...externalInfo(reader, options, {
          model: { name: options.model, digest: contentKey([place2, overlap]) },
          engine: { name: "roboflow", version: "", remote: true },
          pixels: encoding
        }),
        floor: LEAST_CONFIDENCE,
        nms: Math.min(options.nms, overlap / 100),
        notes: [
          ...reader.notes,
          `Predicted by ${url.host}: what it does to an image before its model is not known here.`
        ]
      },
      concurrency: remote.concurrency,
      async predict(image) {
        const bytes = encoding === "png" ? await encodePng(image) : await encodeJpeg(image, JPEG_QUALITY);
        return remote.ask(
          Buffer.from(bytes).toString("base64"),
          BASE64,
          (answer) => reader.read(objectsOf2(answer, image, place2), image)
        );
      },
      [Symbol.asyncDispose]: async () => {
      }
    };
  }
};
function objectsOf2(answer, sent, place2) {
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) {
    throw new GateError("predictor", {
      message: `${place2} answered something else than boxes: ${parsed.error.issues[0]?.path.join(".")}: ${parsed.error.issues[0]?.message}`,
      fix: "is it an object-detection model?"
    });
  }
  const { image, predictions } = parsed.data;
  if (image && (image.width !== sent.width || image.height !== sent.height)) {
    throw new GateError("predictor", {
      message: `${place2} answered for an image of ${image.width} x ${image.height}, and ${sent.width} x ${sent.height} was sent: its boxes would lie elsewhere`,
      fix: "take steps that cut or resize the image out of what the server does before the model"
    });
  }
  return predictions.map(({ x, y, width, height, confidence, class: name2 }) => ({
    class: name2,
    confidence,
    box: [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
  }));
}

// src/predict/open.ts
function openPredictor(options, context) {
  switch (options.kind) {
    case "onnx":
      return onnx.open(options, context);
    case "roboflow":
      return roboflow.open(options, context);
    case "http":
      return http.open(options, context);
    case "command":
      return command.open(options, context);
    case "module":
      return module.open(options, context);
    case "detections-file":
      return detectionsFile.open(options, context);
  }
}
function describePredictor(options, context) {
  switch (options.kind) {
    case "onnx":
      return describeOnnx(options, context);
    case "roboflow":
      return described(roboflow.open(options, context));
    case "http":
      return described(http.open(options, context));
    case "command":
      return described(command.open(options, context));
    case "module":
      return described(module.open(options, context));
    case "detections-file":
      return described(detectionsFile.open(options, context));
  }
}
async function described(opened) {
  var _stack = [];
  try {
    const predictor = __using(_stack, await opened, true);
    return predictor.info;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}

export {
  contentKey,
  request,
  placeOf,
  checkOrigin,
  readMemo,
  writeMemo,
  TOOL_VERSION,
  mapClasses,
  MAX_DETECTIONS,
  command,
  detectionsFile,
  http,
  module,
  onnx,
  roboflow,
  conditionKey,
  openPredictor,
  describePredictor
};

import type * as onnxruntime from 'onnxruntime-node';
import type sharp from 'sharp';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

type Sharp = typeof sharp;
type OnnxRuntime = typeof onnxruntime;

let nativeDirectory: string | null = null;

/**
 * Says where the two native packages are. The action installs them outside its bundle; the CLI, the
 * tests and the development tree have them in their own `node_modules`.
 *
 * @param directory Folder that holds a `node_modules` with sharp and onnxruntime-node; null for our own.
 */
export function useNativeDirectory(directory: string | null): void {
  nativeDirectory = directory;
}

/** The folder set by `useNativeDirectory`, to be handed to worker threads. */
export function currentNativeDirectory(): string | null {
  return nativeDirectory;
}

// A native package is reached by a require of its own, never by an import: bundlers would inline its loader.
function load(name: string): unknown {
  const from = nativeDirectory === null ? import.meta.url : join(nativeDirectory, 'package.json');
  return createRequire(from)(name);
}

/** sharp, wherever it is installed. */
export function loadSharp(): Sharp {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a package's exports have no other type than its own
  return load('sharp') as Sharp;
}

/**
 * onnxruntime-node, wherever it is installed. The main thread calls it before any worker does: a worker's
 * environment is a copy that native code does not see.
 */
export function loadOnnxRuntime(): OnnxRuntime {
  // Since 1.29 its binaries report to Microsoft unless told not to before they start (microsoft/onnxruntime#27379).
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a package's exports have no other type than its own
  return load('onnxruntime-node') as OnnxRuntime;
}

/** Version of onnxruntime-node, without starting it. */
export function onnxRuntimeVersion(): string {
  return z.object({ version: z.string() }).parse(load('onnxruntime-node/package.json')).version;
}

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The bundle of the sources as they are, made by the global set-up. */
const bundle = new URL('../../node_modules/.cache/robustness-gate/', import.meta.url);

/** It is what dist/ is, which CI checks byte for byte. */
export const bundleFolder = fileURLToPath(bundle);
export const cliFile = fileURLToPath(new URL('cli.js', bundle));
export const workerFile = new URL('worker.js', bundle);

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in a process of its own. */
export function runCli(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cliFile, ...args], {
      cwd,
      env: { ...process.env, ...env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

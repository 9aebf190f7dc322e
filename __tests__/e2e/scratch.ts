import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** A new empty folder, which `removeScratch` removes. */
export async function scratch(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `robustness-e2e-${name}-`));
  folders.push(folder);
  return folder;
}

/** Removes all folders: native packages among them are large. */
export async function removeScratch(): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}

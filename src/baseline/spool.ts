import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Records of fixed size, sorted into as many bins. */
export interface Spool {
  /**
   * Room for one more record of a bin, to be written before the next call.
   *
   * @returns A view whose offset 0 is the record's first byte.
   */
  append(bin: number): DataView;
  /** All records of a bin in the order in which they were appended. */
  read(bin: number): Promise<DataView>;
}

interface Bin {
  bytes: Uint8Array;
  used: number;
}

/**
 * Sorts records into bins with bounded memory: what is over `limit` bytes waits in temporary files, which go
 * when the process ends. A table that is sorted by image is read condition by condition this way.
 *
 * @param bins        Number of bins.
 * @param recordBytes Size of a record.
 * @param limit       Bytes of memory that the bins may take.
 */
export function createSpool(bins: number, recordBytes: number, limit: number): Spool {
  const open = Array.from({ length: bins }, (): Bin => ({ bytes: new Uint8Array(0), used: 0 }));
  let held = 0;
  let folder: string | null = null;
  const fileOf = (bin: number): string => join((folder ??= temporaryFolder()), `${bin}.bin`);
  const flush = (): void => {
    open.forEach((bin, index) => {
      if (bin.used > 0) appendFileSync(fileOf(index), bin.bytes.subarray(0, bin.used));
      bin.used = 0;
      bin.bytes = new Uint8Array(0);
    });
    held = 0;
  };
  return {
    append(index) {
      if (held >= limit) flush();
      const bin = open[index]!;
      if (bin.used + recordBytes > bin.bytes.length) {
        const grown = new Uint8Array(Math.max(2 * bin.bytes.length, 64 * recordBytes));
        grown.set(bin.bytes.subarray(0, bin.used));
        held += grown.length - bin.bytes.length;
        bin.bytes = grown;
      }
      const record = new DataView(bin.bytes.buffer, bin.used, recordBytes);
      bin.used += recordBytes;
      return record;
    },
    async read(index) {
      const { bytes, used } = open[index]!;
      if (folder === null || !existsSync(fileOf(index))) return new DataView(bytes.buffer, 0, used);
      const stored = await readFile(fileOf(index));
      const all = new Uint8Array(stored.length + used);
      all.set(stored);
      all.set(bytes.subarray(0, used), stored.length);
      return new DataView(all.buffer);
    },
  };
}

let root: string | null = null;

/** One folder of the process with one for each spool. */
function temporaryFolder(): string {
  if (root === null) {
    const folder = mkdtempSync(join(tmpdir(), 'robustness-gate-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    root = folder;
  }
  return mkdtempSync(join(root, 'spool-'));
}

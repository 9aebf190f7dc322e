import { redact } from './http/secrets.ts';

/** What of `process.stdout` and `process.stderr` is used. */
type Output = Pick<NodeJS.WriteStream, 'write'>;
type Done = (error?: Error | null) => void;

/**
 * From now on nothing that this process prints has a secret in it, whatever brings it there: an error's message, a
 * library's log, a worker's output.
 *
 * @param secrets Looked at with each text: it may grow.
 */
export function guardOutput(outputs: readonly Output[], secrets: ReadonlySet<string>): void {
  for (const output of outputs) {
    const write: (text: string | Uint8Array, encoding?: BufferEncoding, done?: Done) => boolean =
      output.write.bind(output);
    output.write = (
      chunk: string | Uint8Array,
      encoding?: BufferEncoding | Done,
      done?: Done,
    ): boolean =>
      typeof encoding === 'function'
        ? write(clean(chunk, secrets), undefined, encoding)
        : write(clean(chunk, secrets), encoding, done);
  }
}

function clean(chunk: string | Uint8Array, secrets: ReadonlySet<string>): string | Uint8Array {
  if (typeof chunk === 'string') return redact(chunk, secrets);
  // Bytes that are not of a secret pass as they are: a chunk may end within a letter.
  return Buffer.from(redact(Buffer.from(chunk).toString('latin1'), secrets), 'latin1');
}

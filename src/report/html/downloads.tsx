import { Buffer } from 'node:buffer';
import { Part } from './parts.tsx';

/** One file of the page's. */
export interface Download {
  readonly name: string;
  readonly type: 'text/csv' | 'application/json';
  readonly title: string;
  readonly text: string;
}

/** A file over this stays out of the page: the commands write it. */
const MAX_BYTES = 1.2e6;

/** The raw data of the page as files within it: links that hold what they load. */
export function DownloadPart({ files, command }: { files: readonly Download[]; command: string }) {
  const held = files.filter(({ text }) => Buffer.byteLength(text) <= MAX_BYTES);
  const left = files.filter((file) => !held.includes(file));
  return (
    <Part id="data" title="Raw data">
      <ul class="downloads">
        {held.map(({ name, type, title, text }) => (
          <li>
            <a download={name} href={`data:${type};base64,${Buffer.from(text).toString('base64')}`}>
              {name}
            </a>{' '}
            <span class="small">
              {title}, {size(Buffer.byteLength(text))}
            </span>
          </li>
        ))}
      </ul>
      <p class="note">
        {left.length > 0
          ? `Too large for the page: ${left.map(({ name }) => name).join(', ')}. `
          : ''}
        The same from the run directories: <code class="mono">{command}</code>. Every detection is
        in their detections.parquet.
      </p>
    </Part>
  );
}

function size(bytes: number): string {
  return bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

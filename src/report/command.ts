import { plain } from './escape.ts';

/** Longest image id that a command is given for. */
const MAX_ID = 400;

/**
 * The command that shows one failing image again; null where the image's name has characters that a reader would not
 * see in it. RUN and BASELINE stand for the run directories.
 *
 * @param imageId Untrusted: quoted for a POSIX shell.
 */
export function explainCommand(
  imageId: string,
  condition: string,
  withBaseline: boolean,
): string | null {
  if (plain(imageId, MAX_ID) !== imageId || plain(condition) !== condition) return null;
  const baseline = withBaseline ? ' --baseline BASELINE' : '';
  return `robustness-gate explain RUN${baseline} --image ${quote(imageId)} --condition ${quote(condition)} -o example.png`;
}

function quote(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) && !text.startsWith('-')
    ? text
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

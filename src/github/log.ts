import { error } from '@actions/core';
import { formatError, GateError } from '../errors.ts';

/** A step shows ten annotations of a kind. */
const MAX_ANNOTATIONS = 9;

/**
 * Tells what ended the gate as annotations, at file and line where they are known.
 *
 * @param workspace Annotated paths are relative to it.
 * @param debug     Adds the stack of an error that is not the user's to mend.
 */
export function annotate(problem: unknown, workspace: string, debug: boolean): void {
  if (!(problem instanceof GateError)) {
    error(formatError(problem, { debug }));
    return;
  }
  for (const { message, fix, place } of problem.problems.slice(0, MAX_ANNOTATIONS)) {
    const key = place?.key === undefined ? '' : `${place.key}: `;
    error(`${key}${message}${fix === undefined ? '' : `\nfix: ${fix}`}`, {
      title: 'Robustness Gate could not judge',
      ...(place === undefined ? {} : { file: relativeTo(workspace, place.file) }),
      ...(place?.line === undefined ? {} : { startLine: place.line }),
      ...(place?.column === undefined ? {} : { startColumn: place.column }),
    });
  }
  const more = problem.problems.length - MAX_ANNOTATIONS;
  if (more > 0) error(`and ${more} more, listed in the log`);
}

function relativeTo(workspace: string, file: string): string {
  const prefix = `${workspace.replace(/[/\\]$/, '')}/`;
  return file.replaceAll('\\', '/').startsWith(prefix) ? file.slice(prefix.length) : file;
}

import { RE2JS } from 're2js';
import { z } from 'zod';

/** The config's `dataset.group`: what makes images dependent. */
export const groupPattern = z
  .string()
  .max(200)
  .refine(isRegExp, {
    error: 'must be a regular expression (RE2: no look-around, no back-references)',
  })
  .optional()
  .meta({
    description:
      'Regular expression on the file name; images whose first capture group (or match) is equal are dependent and are resampled together. Without it: Roboflow’s source name before `.rf.`, else each image alone.',
    examples: ['^(.+?)_frame\\d+'],
  });

function isRegExp(pattern: string): boolean {
  try {
    return RE2JS.compile(pattern) instanceof RE2JS;
  } catch {
    return false;
  }
}

/** What Roboflow calls a source image: what stands before `.rf.` and a digest. */
const ROBOFLOW_SOURCE = '^(.+)\\.rf\\.';

/**
 * The group of an image.
 *
 * @param id      Path of the image in the data set; the pattern sees the file name only.
 * @param pattern The config's, if it has one. An image that it does not match is a group of its own.
 */
export function groupOf(id: string, pattern: string | undefined): string {
  const name = id.slice(id.lastIndexOf('/') + 1);
  // RE2 matches in linear time: the pattern comes from a pull request.
  const matcher = RE2JS.compile(pattern ?? ROBOFLOW_SOURCE).matcher(name);
  if (!matcher.find()) return id;
  return (matcher.groupCount() > 0 ? matcher.group(1) : null) ?? matcher.group() ?? id;
}

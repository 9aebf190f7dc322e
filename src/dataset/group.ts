import { z } from 'zod';

/** The config's `dataset.group`: what makes images dependent. */
export const groupPattern = z
  .string()
  .max(200)
  .refine(isRegExp, { error: 'must be a regular expression' })
  .optional()
  .meta({
    description:
      'Regular expression on the file name; images whose first capture group (or match) is equal are dependent and are resampled together. Without it: Roboflow’s source name before `.rf.`, else each image alone.',
    examples: ['^(.+?)_frame\\d+'],
  });

function isRegExp(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

/**
 * The group of an image.
 *
 * @param id      Path of the image in the data set; the pattern sees the file name only.
 * @param pattern The config's, if it has one. An image that it does not match is a group of its own.
 */
export function groupOf(id: string, pattern: string | undefined): string {
  const name = id.slice(id.lastIndexOf('/') + 1);
  const match = pattern === undefined ? /^(.+)\.rf\./.exec(name) : new RegExp(pattern).exec(name);
  return match ? (match[1] ?? match[0]) : id;
}

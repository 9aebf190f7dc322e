import { createHash } from 'node:crypto';

/**
 * A key for anything that JSON can write: equal content, equal key.
 *
 * @param content What decides the result, in a fixed order of keys.
 */
export function contentKey(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

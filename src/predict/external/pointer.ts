import { z } from 'zod';

/** A config field that names a part of a JSON answer (RFC 6901). */
export const jsonPointer = z.string().regex(/^(\/([^~/]|~[01])*)*$/, {
  error:
    'must be a JSON Pointer: empty, or parts that each begin with a slash, as /predictions/0/box',
});

/** The part of a JSON value that a pointer names (RFC 6901); undefined where there is none. */
export function pointTo(value: unknown, pointer: string): unknown {
  return parts(pointer).reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return /^(0|[1-9]\d*)$/.test(key) ? inner[Number(key)] : undefined;
    if (typeof inner !== 'object' || inner === null) return undefined;
    return new Map<string, unknown>(Object.entries(inner)).get(key);
  }, value);
}

/** The keys of a pointer, outermost first. */
export function parts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

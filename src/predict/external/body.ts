import { z } from 'zod';
import type { Allowed } from '../../allowed.ts';
import type { HttpBody } from '../../http/request.ts';
import { fillSecrets } from '../../http/secrets.ts';
import { jsonPointer, parts } from './pointer.ts';

const name = z.string().regex(/^[A-Za-z0-9_.[\]-]{1,100}$/, {
  error: 'use letters, digits, dot, underscore, hyphen and brackets, at most 100',
});

const fields = z
  .record(name, z.union([z.string(), z.number(), z.boolean()]))
  .default({})
  .meta({
    description: 'What goes with the image; `$NAME` is read from the environment.',
    examples: [{ conf: 0.001 }],
  });

const place = jsonPointer.refine(
  (pointer) =>
    pointer !== '' &&
    parts(pointer).every((part, i) => !/^\d+$/.test(part) || (part === '0' && i > 0)),
  { error: 'must name a key, as /image; a list within holds one image, as /instances/0/image' },
);

const ownName = {
  error: 'the image goes there: a field of that name would be lost',
  path: ['fields'],
};

/** A config field that says how an image is put into a request. */
export const requestBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('png').meta({ description: 'The PNG is the body.' }) }),
  z
    .strictObject({
      kind: z
        .literal('multipart')
        .meta({ description: 'A form with the PNG as a file: FastAPI’s UploadFile.' }),
      image: name.default('file').meta({ description: 'Name of the file’s field.' }),
      fields,
    })
    .refine((body) => !Object.hasOwn(body.fields, body.image), ownName),
  z
    .strictObject({
      kind: z.literal('json').meta({ description: 'A JSON object with the PNG in base64.' }),
      image: place
        .default('/image')
        .meta({ description: 'JSON Pointer to the image; 0 makes a list of one.' }),
      fields,
    })
    .refine((body) => !Object.hasOwn(body.fields, parts(body.image)[0] ?? ''), ownName),
]);
export type RequestBody = z.infer<typeof requestBody>;

/** What a request carries. */
interface Carried {
  readonly body: HttpBody;
  /** The headers that say what it is: none for a form, whose boundary is not known before. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Puts an image into a request.
 *
 * @param png The image's file.
 */
export function carry(png: Uint8Array<ArrayBuffer>, form: RequestBody): Carried {
  switch (form.kind) {
    case 'png':
      return { body: png, headers: { 'content-type': 'image/png' } };
    case 'multipart': {
      const body = new FormData();
      for (const [key, value] of Object.entries(form.fields)) body.append(key, String(value));
      body.append(form.image, new Blob([png], { type: 'image/png' }), 'image.png');
      return { body, headers: {} };
    }
    case 'json': {
      const image = placed(form.image, Buffer.from(png).toString('base64'));
      const body = JSON.stringify({ ...form.fields, ...image });
      return { body, headers: { 'content-type': 'application/json' } };
    }
  }
}

/** An object that has a value where a pointer says, and nothing else. */
function placed(pointer: string, value: string): object {
  const [first = '', ...rest] = parts(pointer);
  const inner = rest.reduceRight<object | string>(
    (within, part) => (part === '0' ? [within] : { [part]: within }),
    value,
  );
  return { [first]: inner };
}

/**
 * Fills environment variables into a body's fields.
 *
 * @throws GateError where one is not set.
 */
export function fillBody(
  form: RequestBody,
  allowed: Allowed,
): { form: RequestBody; secrets: string[] } {
  if (form.kind === 'png') return { form, secrets: [] };
  const secrets: string[] = [];
  const filled = Object.entries(form.fields).map(([key, value]) => {
    if (typeof value !== 'string') return [key, value] as const;
    const one = fillSecrets(value, allowed, `predictor.body.fields.${key}`);
    secrets.push(...one.secrets);
    return [key, one.text] as const;
  });
  return {
    form: { ...form, fields: Object.fromEntries<string | number | boolean>(filled) },
    secrets,
  };
}

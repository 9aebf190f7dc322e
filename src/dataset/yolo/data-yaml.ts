import { relative, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { GateError } from '../../errors.ts';
import { type Location, locate, readBounded } from '../../paths.ts';
import { splitNames } from '../folders.ts';

const MAX_BYTES = 2 ** 20;
const MAX_ALIASES = 20;

const paths = z.union([z.string(), z.array(z.string())], {
  error: 'must be a folder, a list file, or a list of those',
});
const name = z.union([z.string(), z.number()]).transform(String);

const DataYaml = z.looseObject({
  path: z.string({ error: 'must be a path' }).nullish(),
  train: paths.nullish(),
  val: paths.nullish(),
  valid: paths.nullish(),
  validation: paths.nullish(),
  test: paths.nullish(),
  nc: z.int({ error: 'must be the number of classes' }).nullish(),
  names: z.union([z.array(name), z.record(z.string().regex(/^\d+$/), name)], {
    error: 'is missing, or neither a list nor a map from 0',
  }),
  kpt_shape: z
    .tuple([z.int().min(1), z.int().min(2).max(3)], {
      error: 'must be the number of keypoints, and 2 or 3 for their numbers each',
    })
    .nullish(),
});

/** Texts of a data.yaml that name no images. */
const NO_SPLITS = new Set(['path', 'names', 'download', 'yaml_file', 'license', 'author', 'date']);

/** What a data.yaml says, its class names in order. */
export interface DataYaml {
  readonly names: readonly string[];
  readonly root: string | null;
  readonly splits: ReadonlyMap<string, readonly string[]>;
  /** Numbers of an object's keypoints, which stand behind its box; null where it has none. */
  readonly keypoints: number | null;
}

/**
 * Reads a data.yaml: names as list or as map from 0, splits as folder, list file or list of those.
 *
 * @throws GateError with what is wrong and the key.
 */
export async function readDataYaml(file: string): Promise<DataYaml> {
  const fail = (message: string, key?: string, fix?: string): never => {
    throw new GateError('dataset', {
      message,
      place: { file, ...(key ? { key } : {}) },
      ...(fix ? { fix } : {}),
    });
  };
  const text = (await readBounded(file, 'data.yaml', MAX_BYTES, 'dataset')).toString();
  const document = parseDocument(text, { schema: 'core' });
  const [error] = document.errors;
  if (error) return fail(`not valid YAML: ${error.message.split('\n')[0]}`);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    return fail(`its aliases unfold into too much (at most ${MAX_ALIASES} are followed)`);
  }
  const result = DataYaml.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    return fail(
      issue?.path.length ? issue.message : 'not a data.yaml: it is no mapping with keys',
      issue?.path.join('.'),
      'a data.yaml has `names` (a list, or a map from 0) and `train`, `val` or `test`',
    );
  }
  const data = result.data;
  const names = Array.isArray(data.names) ? data.names : namesOfMap(data.names, fail);
  if (names.length === 0) fail('no class is named', 'names');
  if (new Set(names).size < names.length) {
    fail(
      `two classes have one name: ${firstDouble(names)}`,
      'names',
      'give every class its own name',
    );
  }
  if (typeof data.nc === 'number' && data.nc !== names.length) {
    fail(`nc is ${data.nc}, but ${names.length} names are listed`, 'nc');
  }
  const splits = Object.entries(data).flatMap(([key, said]) => {
    const entries = NO_SPLITS.has(key) ? undefined : paths.safeParse(said).data;
    return entries ? [[key, typeof entries === 'string' ? [entries] : entries] as const] : [];
  });
  const [points, each] = data.kpt_shape ?? [];
  return {
    names,
    root: data.path ?? null,
    splits: new Map(splits),
    keypoints: points === undefined || each === undefined ? null : points * each,
  };
}

function namesOfMap(
  map: Readonly<Record<string, string>>,
  fail: (message: string, key: string) => never,
): string[] {
  const names = Object.entries(map).map(([index, value]) => [Number(index), value] as const);
  names.sort(([a], [b]) => a - b);
  names.forEach(([index], position) => {
    if (index !== position)
      fail(`class ${position} has no name (the map goes from 0 without gaps)`, 'names');
  });
  return names.map(([, value]) => value);
}

function firstDouble(names: readonly string[]): string | undefined {
  return names.find((value, index) => names.indexOf(value) !== index);
}

/**
 * Folders and list files of a split, resolved.
 *
 * Roboflow writes `../valid/images` though the folder lies beside data.yaml: where the path as written
 * is not there, it is tried without the `../`.
 *
 * @throws GateError naming the splits that there are, or the paths that are not.
 */
export async function splitEntries(
  data: DataYaml,
  split: string,
  file: string,
  location: Location,
): Promise<string[]> {
  const entries = splitNames(split)
    .map((key) => data.splits.get(key))
    .find((found) => found !== undefined);
  if (!entries) {
    throw new GateError('dataset', {
      message: `no split "${split}" (there are: ${[...data.splits.keys()].join(', ') || 'none'})`,
      place: { file },
      fix: 'set dataset.split in the config to one of them',
    });
  }
  return Promise.all(
    entries.map(async (entry) => {
      const tries = [entry, entry.replace(/^(\.\.\/)+/, '')].flatMap((path) =>
        data.root === null
          ? [path]
          : [relative(location.directory, resolve(location.directory, data.root, path)), path],
      );
      const results = await Promise.all(tries.map((path) => locate(path, location)));
      const found = results.find((result) => result.kind === 'found');
      if (found?.kind === 'found') return found.path;
      const outside = results[0]?.kind === 'outside';
      throw new GateError('dataset', {
        message: `${split}: ${entry} ${outside ? 'leaves the workspace' : 'not found'}`,
        place: { file, key: split },
        fix: 'paths in data.yaml are relative to its `path`, or to its own folder',
      });
    }),
  );
}

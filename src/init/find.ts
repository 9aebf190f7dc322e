import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { DatasetOptions } from '../dataset/read.ts';
import { readDataYaml } from '../dataset/yolo/data-yaml.ts';
import { GateError } from '../errors.ts';

/** Deeper folders and more files are not looked at. */
const DEPTH = 6;
const MOST_FILES = 50_000;
const NOT_LOOKED_AT = new Set(['node_modules', 'dist', 'venv', '__pycache__']);
/** Splits by how fit they are to judge a model: it was not trained on them. */
const SPLITS = ['valid', 'val', 'validation', 'test', 'trainval', 'train'];
/** So many YAML files are opened: a data.yaml may be called otherwise. */
const MOST_YAML = 200;

/** A data set that lies in a folder, as the config names it. */
export type FoundDataset = Pick<DatasetOptions, 'format'> & {
  readonly path: string;
  readonly images?: string;
  readonly split?: string;
};

/** What a folder holds that a gate can be made of; paths relative to it, the likeliest first. */
export interface Findings {
  readonly datasets: readonly FoundDataset[];
  readonly models: readonly string[];
  /** Weights that are no ONNX yet. */
  readonly weights: readonly string[];
}

/** Looks through a folder. */
export async function findGate(folder: string): Promise<Findings> {
  const files = await filesIn(folder);
  const yolo = await Promise.all(
    files
      .filter((file) => /\.ya?ml$/.test(file))
      .sort((a, b) => Number(isUsual(b)) - Number(isUsual(a)))
      .slice(0, MOST_YAML)
      .map((file) => yoloIn(folder, file)),
  );
  return {
    datasets: [...yolo.flat(), ...cocoIn(files), ...vocIn(files)],
    models: files
      .filter((file) => file.endsWith('.onnx'))
      .sort((a, b) => fitness(b) - fitness(a) || (a < b ? -1 : 1)),
    weights: files.filter((file) => /\.(pt|pth|safetensors)$/.test(file)),
  };
}

function isUsual(file: string): boolean {
  return /^data\.ya?ml$/.test(basename(file));
}

/** A file that is called so is the one that is promoted. */
function fitness(model: string): number {
  return /candidate|best/.test(basename(model)) ? 1 : 0;
}

async function filesIn(folder: string): Promise<string[]> {
  const files: string[] = [];
  const open = [{ path: folder, depth: 0 }];
  for (let next = open.shift(); next && files.length < MOST_FILES; next = open.shift()) {
    const { path, depth } = next;
    const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || NOT_LOOKED_AT.has(entry.name)) continue;
      const inner = join(path, entry.name);
      if (entry.isFile()) files.push(relative(folder, inner).split(sep).join('/'));
      else if (entry.isDirectory() && depth < DEPTH) open.push({ path: inner, depth: depth + 1 });
    }
  }
  return files;
}

/** A data.yaml that cannot be read is no data set of ours. */
async function yoloIn(folder: string, path: string): Promise<FoundDataset[]> {
  try {
    const { splits } = await readDataYaml(join(folder, path));
    const split = SPLITS.find((name) => splits.has(name));
    return split === undefined ? [] : [{ format: 'yolo', path, split }];
  } catch (error) {
    if (error instanceof GateError) return [];
    throw error;
  }
}

function cocoIn(files: readonly string[]): FoundDataset[] {
  const exports = files.filter((file) => basename(file) === '_annotations.coco.json');
  const roots = new Set(exports.map((file) => dirname(dirname(file))));
  const roboflow = [...roots].flatMap((path): FoundDataset[] => {
    const splits = exports.filter((file) => dirname(dirname(file)) === path);
    const split = bestSplit(splits.map((file) => basename(dirname(file))));
    return split === null ? [] : [{ format: 'coco', path, split }];
  });
  const instances = files
    .filter((file) => /^instances_.*\.json$/.test(basename(file)))
    .sort((a, b) => rank(a) - rank(b))
    .map((path): FoundDataset => {
      const name = /^instances_(.*)\.json$/.exec(basename(path))?.[1] ?? '';
      const beside = join(dirname(dirname(path)), name);
      const images = [beside, join(dirname(dirname(path)), 'images', name)].find((candidate) =>
        files.some((file) => file.startsWith(`${candidate}/`)),
      );
      return { format: 'coco', path, ...(images === undefined ? {} : { images }) };
    });
  return [...roboflow, ...instances];
}

function rank(file: string): number {
  const at = SPLITS.findIndex((split) => basename(file).includes(split));
  return at < 0 ? SPLITS.length : at;
}

function vocIn(files: readonly string[]): FoundDataset[] {
  const kits = files
    .filter((file) => /(^|\/)ImageSets\/Main\/[^/]+\.txt$/.test(file))
    .map((file) => ({ path: dirname(dirname(dirname(file))), split: basename(file, '.txt') }));
  const folders = files
    .filter((file) => file.endsWith('.xml') && SPLITS.includes(basename(dirname(file))))
    .map((file) => ({ path: dirname(dirname(file)), split: basename(dirname(file)) }));
  const all = [...kits, ...folders];
  return [...new Set(all.map(({ path }) => path))].flatMap((path): FoundDataset[] => {
    const split = bestSplit(all.filter((one) => one.path === path).map((one) => one.split));
    return split === null ? [] : [{ format: 'pascal-voc', path, split }];
  });
}

function bestSplit(names: readonly string[]): string | null {
  return SPLITS.find((split) => names.includes(split)) ?? null;
}

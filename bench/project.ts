import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from './python.ts';

export const demo = join(root, 'examples/construction-site');

/** The demo's class names, in order. */
export const DEMO_CLASSES = [
  'Hardhat',
  'NO-Hardhat',
  'NO-Safety Vest',
  'Person',
  'Safety Cone',
  'Safety Vest',
  'machinery',
  'vehicle',
];

export interface ProjectOptions {
  /** How many of the demo's images. */
  readonly images: number;
  /** Pixels; the images are stretched to it. Null leaves them as they are. */
  readonly side: number | null;
  /** Path of the model. */
  readonly model: string;
  readonly classes: readonly string[];
  /** The config's `suite`. */
  readonly suite: object;
  /** More of the config's `predictor`. */
  readonly predictor?: object;
}

/**
 * Writes a data set and its config.
 *
 * @param folder Is made.
 * @returns      Path of the config.
 */
export async function writeProject(folder: string, options: ProjectOptions): Promise<string> {
  const { images, side, model, classes, suite, predictor = {} } = options;
  const [from, to] = [join(demo, 'images/test'), join(folder, 'images/test')];
  await mkdir(to, { recursive: true });
  await mkdir(join(folder, 'labels/test'), { recursive: true });
  for (const name of (await readdir(from)).sort().slice(0, images)) {
    const label = join('labels/test', name.replace(/\.jpg$/, '.txt'));
    await copyFile(join(demo, label), join(folder, label));
    if (side === null) await copyFile(join(from, name), join(to, name));
    else {
      const resized = sharp(join(from, name)).resize(side, side, { fit: 'fill' });
      await resized.jpeg({ quality: 95 }).toFile(join(to, name));
    }
  }
  return writeConfig(folder, { model, classes, suite, predictor });
}

/** Writes data.yaml and robustness.yml (JSON is YAML) beside images/test and labels/test. */
export async function writeConfig(
  folder: string,
  options: Pick<ProjectOptions, 'model' | 'classes' | 'suite' | 'predictor'>,
): Promise<string> {
  const { model, classes, suite, predictor } = options;
  await writeFile(
    join(folder, 'data.yaml'),
    JSON.stringify({ path: '.', test: 'images/test', names: classes }),
  );
  const config = {
    version: 1,
    dataset: { format: 'yolo', path: 'data.yaml', split: 'test' },
    predictor: { kind: 'onnx', model, ...predictor },
    suite,
  };
  const file = join(folder, 'robustness.yml');
  await writeFile(file, JSON.stringify(config));
  return file;
}

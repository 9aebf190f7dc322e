import { join } from 'node:path';
import { z } from 'zod';
import { GateError } from '../../errors.ts';
import { contentKey } from '../../content-key.ts';
import { secretName } from '../../http/secrets.ts';
import type { Location } from '../../paths.ts';
import {
  type Dataset,
  type DatasetContext,
  type DatasetFormat,
  datasetsFolder,
} from '../dataset.ts';
import { fetchExport, nameOf, ROBOFLOW_API } from '../roboflow/download.ts';
import { selectionShape } from '../selection.ts';
import { coco } from './coco.ts';
import { pascalVoc } from './pascal-voc.ts';
import { yolo } from './yolo.ts';

/** The variable that Roboflow's own tools read. */
export const ROBOFLOW_KEY = '$ROBOFLOW_API_KEY';

/** Part of an address: Roboflow's own slugs. */
const slug = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/, {
  error: 'use the name as it stands in the address of Roboflow’s page',
});

const roboflowOptions = z.strictObject({
  format: z
    .literal('roboflow')
    .meta({ description: 'A version of a Roboflow project, downloaded once and kept.' }),
  workspace: slug.meta({ description: 'The workspace, as in its address.' }),
  project: slug.meta({ description: 'The project, as in its address.' }),
  version: z.int().min(1).meta({ description: 'The version: it never changes.' }),
  export: z
    .enum(['coco', 'yolov8', 'voc'])
    .default('coco')
    .meta({ description: 'The format that is downloaded; all give the same boxes.' }),
  split: z.string().min(1).default('valid').meta({ description: 'The split.' }),
  apiKey: secretName
    .default(ROBOFLOW_KEY)
    .meta({ description: 'Environment variable that holds the key.' }),
  apiUrl: z.url().default(ROBOFLOW_API).meta({
    description: 'The API; another origin must be allowed by the workflow (`predictor-origin`).',
  }),
  ...selectionShape,
});

/** A data set that lies with Roboflow. */
export const roboflowDataset: DatasetFormat<typeof roboflowOptions> = {
  name: 'roboflow',
  title: 'Roboflow project',
  options: roboflowOptions,
  async read(options, context): Promise<Dataset> {
    const { workspace, project, version, export: format, apiUrl } = options;
    const wanted = { ...options, format };
    const key = contentKey([apiUrl, workspace, project, version, format]).slice(0, 32);
    const folder = join(datasetsFolder(context.cacheDirectory), key);
    await fetchExport(wanted, folder, context.allowed);
    const dataset = await readExport(options, { ...context, location: at(folder) }).catch(
      (error: unknown) => {
        if (!(error instanceof GateError)) throw error;
        throw new GateError(
          error.code,
          error.problems.map((problem) => ({
            ...problem,
            message: `Roboflow ${nameOf(wanted)}: ${problem.message}`,
          })),
          { cause: error },
        );
      },
    );
    return { ...dataset, notes: [`Data set: Roboflow ${nameOf(wanted)}.`, ...dataset.notes] };
  },
};

function at(folder: string): Location {
  return { directory: folder, root: folder };
}

function readExport(
  options: z.infer<typeof roboflowOptions>,
  context: DatasetContext,
): Promise<Dataset> {
  const { split, group, classes, limit, exclude } = options;
  const selection = {
    split,
    ...(group === undefined ? {} : { group }),
    ...(classes === undefined ? {} : { classes }),
    ...(limit === undefined ? {} : { limit }),
    ...(exclude === undefined ? {} : { exclude }),
  };
  switch (options.export) {
    case 'coco':
      return coco.read({ ...selection, format: 'coco', path: '.' }, context);
    case 'voc':
      return pascalVoc.read({ ...selection, format: 'pascal-voc', path: '.' }, context);
    case 'yolov8':
      return yolo.read({ ...selection, format: 'yolo', path: 'data.yaml' }, context);
  }
}

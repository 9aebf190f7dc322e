import type { Dataset, DatasetContext } from '../../src/dataset/dataset.ts';
import type { Selection } from '../../src/dataset/selection.ts';
import { coco } from '../../src/dataset/formats/coco.ts';
import { pascalVoc } from '../../src/dataset/formats/pascal-voc.ts';
import { roboflowDataset } from '../../src/dataset/formats/roboflow.ts';
import { yolo } from '../../src/dataset/formats/yolo.ts';
import { jpeg } from './dataset.ts';
import { type Answer, httpServer } from './http.ts';
import { folderOf } from './tmp.ts';
import { zipOf } from './zip.ts';

/** A box of the scene that every format writes: pixels of a 64 x 48 image. */
export interface SceneBox {
  readonly class: 'Person' | 'Hardhat';
  readonly box: readonly [number, number, number, number];
}

/** Image i has these boxes; the last image has none. */
export const scene: readonly (readonly SceneBox[])[] = [
  [
    { class: 'Person', box: [10, 10, 30, 40] },
    { class: 'Hardhat', box: [12, 8, 20, 14] },
  ],
  [{ class: 'Hardhat', box: [0, 0, 64, 48] }],
  [{ class: 'Person', box: [4, 4, 60, 44] }],
  [],
];

type Files = Record<string, string | Uint8Array>;

const classes = ['Hardhat', 'Person'];
const name = (i: number): string => `${i}_jpg.rf.${'ab'.repeat(4)}${i}.jpg`;
const images = (folder: string): Promise<Files> =>
  Promise.all(scene.map(async (_, i) => [`${folder}${name(i)}`, await jpeg(i)] as const)).then(
    (entries) => Object.fromEntries(entries),
  );

/** The scene as Ultralytics' YOLO. */
async function yoloScene(): Promise<Files> {
  const files: Files = {
    ...(await images('valid/images/')),
    'data.yaml': `val: ../valid/images\nnames: [${classes.join(', ')}]\n`,
  };
  scene.forEach((boxes, i) => {
    files[`valid/labels/${name(i).replace(/jpg$/, 'txt')}`] = boxes
      .map(({ class: of, box: [x1, y1, x2, y2] }) =>
        [classes.indexOf(of), (x1 + x2) / 128, (y1 + y2) / 96, (x2 - x1) / 64, (y2 - y1) / 48].join(
          ' ',
        ),
      )
      .join('\n');
  });
  return files;
}

/** The scene as Roboflow's COCO, with its parent category as number 0. */
export async function cocoScene(): Promise<Files> {
  const json = {
    images: scene.map((_, id) => ({ id, file_name: name(id), width: 64, height: 48 })),
    categories: [
      { id: 0, name: 'site', supercategory: 'none' },
      ...classes.map((of, i) => ({ id: i + 1, name: of, supercategory: 'site' })),
    ],
    annotations: scene
      .flatMap((boxes, image) => boxes.map((entry) => ({ ...entry, image })))
      .map(({ class: of, box: [x1, y1, x2, y2], image }, id) => ({
        id,
        image_id: image,
        category_id: classes.indexOf(of) + 1,
        bbox: [x1, y1, x2 - x1, y2 - y1],
        area: (x2 - x1) * (y2 - y1),
        iscrowd: 0,
        segmentation: [],
      })),
  };
  return {
    ...(await images('valid/')),
    'valid/_annotations.coco.json': JSON.stringify(json, null, 1),
  };
}

/** The scene as Roboflow's Pascal VOC. */
export async function vocScene(): Promise<Files> {
  const files = await images('valid/');
  scene.forEach((boxes, i) => {
    const objects = boxes.map(
      ({ class: of, box: [x1, y1, x2, y2] }) => `	<object>
		<name>${of}</name>
		<difficult>0</difficult>
		<bndbox><xmin>${x1}</xmin><xmax>${x2}</xmax><ymin>${y1}</ymin><ymax>${y2}</ymax></bndbox>
	</object>`,
    );
    files[`valid/${name(i).replace(/jpg$/, 'xml')}`] = `<annotation>
	<filename>${name(i)}</filename>
	<source><database>roboflow.com</database></source>
	<size><width>64</width><height>48</height><depth>3</depth></size>
${objects.join('\n')}
</annotation>
`;
  });
  return files;
}

/** Roboflow's API with one export of the scene; `answers` come first. */
export async function roboflowServer(answers: readonly Answer[] = [], archive?: Uint8Array) {
  const files = await cocoScene();
  const zip =
    archive ??
    zipOf(
      Object.entries(files).map(([path, content]) => ({
        name: path,
        content: Buffer.from(content),
      })),
    );
  const queue = [...answers];
  return httpServer(({ url, headers, origin }) => {
    if (url.startsWith('/storage/')) return { status: 200, body: zip };
    const next = queue.shift();
    if (next) return next;
    const { pathname, searchParams } = new URL(url, origin);
    const keys = [headers.authorization?.replace('Bearer ', ''), searchParams.get('api_key')];
    if (keys.some((key) => key !== 'rf_key_123')) {
      return {
        status: 401,
        body: { error: { message: 'This API key does not exist (rf_key_124).' } },
      };
    }
    if (pathname !== '/ws/site/3/coco') return { status: 404, body: { error: `no ${pathname}` } };
    return {
      status: 200,
      body: { export: { format: 'coco', link: `${origin}/storage/x?sig=s3cr3t` } },
    };
  });
}

export const roboflowOptions = (apiUrl: string) =>
  ({
    format: 'roboflow',
    workspace: 'ws',
    project: 'site',
    version: 3,
    export: 'coco',
    split: 'valid',
    apiKey: '$ROBOFLOW_API_KEY',
    apiUrl,
  }) as const;

/** A format with the scene in a folder, made anew for each test. */
export interface FormatCase {
  readonly format: string;
  readonly files: () => Promise<Files>;
  readonly read: (context: DatasetContext, selection: Selection) => Promise<Dataset>;
}

/** A case for every format; Roboflow's reads from a server of its own. */
export const formatCases: readonly FormatCase[] = [
  {
    format: 'yolo',
    files: yoloScene,
    read: (context, selection) =>
      yolo.read({ format: 'yolo', path: 'data.yaml', split: 'valid', ...selection }, context),
  },
  {
    format: 'coco',
    files: cocoScene,
    read: (context, selection) =>
      coco.read({ format: 'coco', path: '.', split: 'valid', ...selection }, context),
  },
  {
    format: 'pascal-voc',
    files: vocScene,
    read: (context, selection) =>
      pascalVoc.read({ format: 'pascal-voc', path: '.', split: 'valid', ...selection }, context),
  },
  {
    format: 'roboflow',
    files: async () => ({}),
    read: async (context, selection) => {
      await using server = await roboflowServer();
      const allowed = {
        command: false,
        origins: [server.origin],
        environment: { ROBOFLOW_API_KEY: 'rf_key_123' },
        secrets: new Set<string>(),
      };
      return await roboflowDataset.read(
        { ...roboflowOptions(server.origin), ...selection },
        { ...context, allowed, cacheDirectory: await folderOf({}) },
      );
    },
  },
];

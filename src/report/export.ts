import type { Run } from '../baseline/run.ts';
import type { DetectionTable, TruthTable } from '../boxes/labels.ts';
import { riskScore } from '../evaluate/risk.ts';

/** Area of what is ignored: outside every area range, which is how pycocotools is told to ignore an object. */
const IGNORED_AREA = -1;

/** A file of an export, its text in pieces. */
export interface ExportFile {
  /** Relative to the export's folder, with forward slashes. */
  readonly path: string;
  readonly pieces: () => AsyncIterable<string> | Iterable<string>;
}

/**
 * COCO instances and results JSON, two files for each condition. Images are numbered by rank and categories by the
 * data set's order, both from 1, so that pycocotools gives the run's own AP, ties included. What our scoring ignores
 * without being a crowd (an object mostly outside the changed image) has area -1.
 *
 * @param conditions Indexes of the conditions to export.
 */
export function cocoFiles(run: Run, conditions: readonly number[]): ExportFile[] {
  return conditions.flatMap((index) => {
    const folder = folderOf(run, index);
    return [
      {
        path: `${folder}/truth.json`,
        pieces: async function* () {
          yield* cocoTruth(run, await run.truth(index), index);
        },
      },
      {
        path: `${folder}/detections.json`,
        pieces: async function* () {
          yield* cocoDetections(await run.detections(index));
        },
      },
    ];
  });
}

/** `gaussian_noise/3` is the folder `gaussian_noise-3`. Conditions are ours, so no name leaves the folder. */
function folderOf({ manifest }: Run, index: number): string {
  return manifest.suite.conditions[index]!.id.replace(/[^A-Za-z0-9_]+/g, '-');
}

function* cocoTruth({ manifest }: Run, truth: TruthTable, index: number): Iterable<string> {
  const { images, dataset, suite } = manifest;
  const head = {
    info: { description: `ground truth under ${suite.conditions[index]!.id}` },
    images: images.map(({ id, width, height }, rank) => ({
      id: rank + 1,
      file_name: id,
      width,
      height,
    })),
    categories: dataset.classes.map((name, i) => ({ id: i + 1, name })),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"annotations":[`;
  for (let image = 0; image < images.length; image++) {
    for (let row = truth.offsets[image]!; row < truth.offsets[image + 1]!; row++) {
      const ignored = truth.ignored[row] === 1 && truth.crowd[row] !== 1;
      const annotation = {
        // 0 would be taken for no match.
        id: row + 1,
        image_id: image + 1,
        category_id: truth.classes[row]! + 1,
        bbox: cocoBox(truth.boxes, row),
        area: ignored ? IGNORED_AREA : truth.areas[row],
        iscrowd: truth.crowd[row],
      };
      yield `${row === 0 ? '' : ','}\n${JSON.stringify(annotation)}`;
    }
  }
  yield '\n]}\n';
}

function* cocoDetections(detections: DetectionTable): Iterable<string> {
  yield '[';
  for (let image = 0; image + 1 < detections.offsets.length; image++) {
    for (let row = detections.offsets[image]!; row < detections.offsets[image + 1]!; row++) {
      const detection = {
        image_id: image + 1,
        category_id: detections.classes[row]! + 1,
        bbox: cocoBox(detections.boxes, row),
        score: detections.confidences[row],
      };
      yield `${row === 0 ? '' : ','}\n${JSON.stringify(detection)}`;
    }
  }
  yield '\n]\n';
}

function cocoBox(boxes: Float64Array, row: number): [number, number, number, number] {
  const [x1, y1, x2, y2] = [0, 1, 2, 3].map((k) => boxes[4 * row + k] ?? 0);
  return [x1!, y1!, x2! - x1!, y2! - y1!];
}

/** CSV with a line of headings: what was measured, and every detection. */
export function csvFiles(run: Run, conditions: readonly number[]): ExportFile[] {
  return [
    { path: 'metrics.csv', pieces: () => metricLines(run, conditions) },
    { path: 'detections.csv', pieces: () => detectionLines(run, conditions) },
  ];
}

function* metricLines({ manifest }: Run, conditions: readonly number[]): Iterable<string> {
  yield csvLine([
    'condition',
    'family',
    'perturbation',
    'severity',
    'class',
    'map',
    'ap50',
    'risk',
    'found',
    'lost',
    'spurious',
  ]);
  for (const index of conditions) {
    const condition = manifest.suite.conditions[index]!;
    const { map, ap50, classes, classes50, risk } = manifest.metrics[index]!;
    const of =
      condition.kind === 'clean'
        ? [condition.id, '', '', '']
        : [condition.id, condition.family, condition.perturbation, condition.severity];
    const counts = risk
      ? [riskScore(risk), risk.found, risk.lost, risk.spurious]
      : [null, null, null, null];
    yield csvLine([...of, '', map, ap50, ...counts]);
    for (const [i, name] of manifest.dataset.classes.entries()) {
      yield csvLine([
        ...of,
        name,
        classes[i] ?? null,
        classes50[i] ?? null,
        null,
        null,
        null,
        null,
      ]);
    }
  }
}

async function* detectionLines(run: Run, conditions: readonly number[]): AsyncIterable<string> {
  yield csvLine(['image', 'condition', 'class', 'confidence', 'x1', 'y1', 'x2', 'y2']);
  const { images, suite, dataset } = run.manifest;
  for (const index of conditions) {
    const { offsets, classes, confidences, boxes } = await run.detections(index);
    for (const [image, { id }] of images.entries()) {
      for (let row = offsets[image]!; row < offsets[image + 1]!; row++) {
        const box = boxes.subarray(4 * row, 4 * row + 4);
        const name = dataset.classes[classes[row]!] ?? '';
        yield csvLine([id, suite.conditions[index]!.id, name, confidences[row]!, ...box]);
      }
    }
  }
}

/** RFC 4180. A name that a spreadsheet would take for a formula has a quote before it. */
function csvLine(values: readonly (string | number | null)[]): string {
  const cells = values.map((value) =>
    typeof value === 'string' ? csvText(value) : `${value ?? ''}`,
  );
  return `${cells.join(',')}\r\n`;
}

function csvText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

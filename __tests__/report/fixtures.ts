import type { RunManifest } from '../../src/baseline/manifest.ts';
import type { Comparison, NodeComparison } from '../../src/compare/comparison.ts';
import { suiteNodes } from '../../src/compare/nodes.ts';
import type { Condition } from '../../src/perturb/condition.ts';
import { suiteConditions, SuiteSchema } from '../../src/perturb/suite.ts';
import type { FailurePicture, Report } from '../../src/report/report.ts';
import { makeInformation } from './information.ts';

const CLASSES = ['Hardhat', 'NO-Hardhat', 'Person', 'Safety Vest', 'machinery', 'vehicle'];

const familyDrops = new Map([
  ['noise', 6.1],
  ['blur', 3.9],
  ['lighting', 3.2],
  ['digital', 0.2],
  ['geometry', 4.1],
]);

const conditions: Condition[] = suiteConditions(
  SuiteSchema.parse({
    perturbations: [
      'gaussian_noise',
      'impulse_noise',
      'gaussian_blur',
      'motion_blur',
      'brightness',
      'darkness',
      'contrast',
      'jpeg_compression',
      'horizontal_flip',
      'rotation',
    ],
    severities: [1, 3, 5],
  }),
);

function hex(letter: string): string {
  return letter.repeat(64);
}

/** A run of the drawn construction site: 96 images, 29 conditions. */
export function makeManifest(changes: Partial<RunManifest> = {}): RunManifest {
  const map = (condition: Condition): number =>
    condition.kind === 'clean' ? 38.9 : 36 - 5 * condition.severity;
  return {
    schemaVersion: 1,
    tool: '0.1.0',
    metricVersion: 1,
    configDigest: hex('c'),
    model: { file: 'a.onnx', digest: hex('a') },
    predictor: {
      kind: 'onnx',
      decoder: 'yolov8',
      evidence: 'output0 [1, 6, 8400]: 4 + 2 fields for each of 8400 boxes',
      classes: CLASSES,
      input: { width: 416, height: 320 },
      preprocess: {
        resize: 'letterbox',
        color: 'rgb',
        scale: 1 / 255,
        mean: [0, 0, 0],
        std: [1, 1, 1],
      },
      floor: 0.001,
      nms: 0.7,
      maxDetections: 300,
      device: 'cpu',
      pixels: 'memory',
    },
    confidence: { value: 0.563, source: 'f1' },
    engine: { name: 'onnxruntime-node', version: '1.30.0', processor: 'AMD EPYC (x64)' },
    dataset: { classes: CLASSES, imagesDigest: hex('1'), labelsDigest: hex('2'), groups: 96 },
    suite: { digest: hex('3'), seed: 0, conditions },
    images: Array.from({ length: 96 }, (_, i) => ({
      id: `images/test/site-${String(i).padStart(4, '0')}.jpg`,
      digest: hex('d'),
      labels: hex('e'),
      group: `site-${i}`,
      width: 416,
      height: 320,
    })),
    metrics: conditions.map((condition) => ({
      condition: condition.id,
      map: map(condition),
      ap50: 1.6 * map(condition),
      classes: CLASSES.map(() => map(condition)),
      classes50: CLASSES.map(() => 1.6 * map(condition)),
      ...(condition.kind === 'clean' ? {} : { risk: { found: 1000, lost: 300, spurious: 150 } }),
    })),
    notes: [],
    files: { detections: hex('4'), truth: hex('5') },
    ...changes,
  };
}

function perturbationOf(condition: Condition): string[] {
  return condition.kind === 'perturbed' ? [condition.perturbation] : [];
}

/** A node with a drop; it regressed when its interval lies over the allowed point. */
export function makeNode(
  level: NodeComparison['level'],
  name: string,
  drop: number,
  changes: Partial<NodeComparison> = {},
): NodeComparison {
  const standardError = level === 'clean' ? 0.6 : 0.3;
  const half = 3.1 * standardError;
  const visible = Math.abs(drop) > half;
  const regressed = drop - 2.85 * standardError > 1;
  return {
    level,
    name,
    metric: 'map',
    baseline: 26.3,
    candidate: 26.3 - drop,
    drop,
    standardError,
    interval: [drop - half, drop + half],
    change: visible ? (drop > 0 ? 'worse' : 'better') : 'no visible change',
    maxDrop: 1,
    regressed,
    waiver: null,
    adjustedP: regressed ? 0.00025 : 0.99,
    detectableDrop: 1 + 3.7 * standardError,
    ruledOut: drop + 1.66 * standardError,
    untested: null,
    ...changes,
  };
}

/** Model A against model B: as good on clean images, worse under noise, blur, light and geometry. */
export function makeComparison(scale: number, changes: Partial<Comparison> = {}): Comparison {
  const nodes = suiteNodes(conditions).map(({ level, name }) => {
    const family = conditions.find(
      (condition) =>
        condition.kind === 'perturbed' &&
        (condition.family === name || condition.perturbation === name || condition.id === name),
    );
    const drop =
      level === 'clean'
        ? 0.3
        : level === 'overall'
          ? 3.5
          : (familyDrops.get(family?.kind === 'perturbed' ? family.family : '') ?? 0);
    return makeNode(level, name, scale * drop);
  });
  return {
    metric: 'map',
    images: 96,
    groups: 96,
    nodes,
    risk: [
      {
        level: 'overall',
        name: 'overall',
        baseline: { value: 38.6, standardError: 1.2, lost: 26.3, spurious: 12.3 },
        candidate: { value: 38.6 + 7.1 * scale, standardError: 1.2, lost: 30.6, spurious: 15.1 },
        rise: 7.1 * scale,
        standardError: 0.5,
      },
    ],
    classes: CLASSES.map((name, i) => ({
      name,
      objects: 100 + i,
      groups: 60,
      clean: [40 + i, 40 + i - 0.3 * scale],
      perturbed: [28 + i, 28 + i - i * scale],
      standardError: 0.5,
    })),
    classDrops: ['clean', ...new Set(conditions.flatMap(perturbationOf))].map((name, column) => ({
      name,
      drops: CLASSES.map((_, i) => ({
        drop: scale * (i - column / 4),
        standardError: 0.4,
        change: scale === 1 && i === 5 ? 'worse' : 'no visible change',
      })),
    })),
    errors: conditions.map(({ id }, i) => ({
      condition: id,
      baseline: { objects: 500, missed: 100 + i, ghost: 40, moved: 12, renamed: 5 },
      candidate: { objects: 500, missed: 120 + 2 * i, ghost: 35, moved: 14, renamed: 5 },
    })),
    failures: [],
    information: makeInformation(),
    fixes: [],
    test: {
      alpha: 0.05,
      ruleOutAlpha: 0.05,
      replicates: 4000,
      seed: 0,
      tested: 46,
      critical: 2.847,
      criticalTwoSided: 3.112,
    },
    identical: false,
    leftOut: null,
    notes: [],
    ...changes,
  };
}

const base: Report = {
  name: 'default',
  verdict: { status: 'pass', sentence: '', reasons: [], failed: false },
  baseline: makeManifest({ model: { file: 'b.onnx', digest: hex('b') } }),
  candidate: makeManifest(),
  comparison: null,
  effects: [],
  source: {
    description: 'artifact of run 4711',
    commit: '3f9d2c17aa01',
    url: 'https://github.com/acme/site/actions/runs/4711',
    distance: 2,
  },
  reference: null,
  losses: [],
  pictures: [],
  audit: null,
  noPictures: null,
  limits: [],
  changes: [],
  notes: [],
  links: { report: 'https://github.com/acme/site/actions/runs/4712/artifacts/9', run: null },
};

export function passReport(changes: Partial<Report> = {}): Report {
  return {
    ...base,
    verdict: {
      status: 'pass',
      sentence:
        'No regression: drops over 5.0 points are ruled out for clean images and every family.',
      reasons: [],
      failed: false,
    },
    comparison: makeComparison(0.05),
    ...changes,
  };
}

export function regressedReport(changes: Partial<Report> = {}): Report {
  return {
    ...base,
    verdict: {
      status: 'regressed',
      sentence:
        'Robustness regressed: mAP under noise fell by 6.1 ± 0.9 points, more than the 1.0 allowed; geometry by 4.1, blur by 3.9, lighting by 3.2 too.',
      reasons: [{ code: 'drop', message: 'noise: mAP 26.3 → 20.2' }],
      failed: true,
    },
    comparison: makeComparison(1, {
      failures: [
        {
          kind: 'broken',
          image: 3,
          imageId: 'images/test/site-0003.jpg',
          condition: 'darkness/3',
          objects: [0, 1, 2],
          classes: ['Person', 'Person', 'vehicle'],
          influence: 0.8,
        },
      ],
    }),
    ...changes,
  };
}

export function inconclusiveReport(changes: Partial<Report> = {}): Report {
  return {
    ...base,
    verdict: {
      status: 'inconclusive',
      sentence:
        'Not judged safe: no regression was found, but with these images a drop over 5.0 points cannot be ruled out for blur.',
      reasons: [
        { code: 'not-ruled-out', message: 'blur: a drop of up to 6.2 points is possible.' },
      ],
      failed: false,
    },
    comparison: makeComparison(0.05),
    ...changes,
  };
}

export function noBaselineReport(changes: Partial<Report> = {}): Report {
  return {
    ...base,
    verdict: {
      status: 'no-baseline',
      sentence: 'Nothing to compare with: no usable baseline was found.',
      reasons: [{ code: 'no-baseline', message: 'main has no successful run of this workflow.' }],
      failed: false,
    },
    baseline: null,
    source: null,
    ...changes,
  };
}

/** One white pixel as WebP. */
const WEBP = 'UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=';

export function makePicture(
  name: string,
  kind: FailurePicture['example']['kind'] = 'broken',
): FailurePicture {
  const found = { kind: 'found', box: [300, 100, 400, 300], class: name, confidence: 0.9 } as const;
  const picture: FailurePicture['original'] = {
    webp: WEBP,
    width: 416,
    height: 320,
    truth: [{ kind: 'truth', box: [10, 20, 80, 120], class: name, confidence: null }],
    models: [
      [found],
      [
        { kind: 'lost', box: [10, 20, 80, 120], class: name, confidence: null },
        { kind: 'ghost', box: [200, 10, 260, 60], class: name, confidence: 0.7 },
        { kind: 'moved', box: [210, 110, 280, 190], class: name, confidence: 0.6 },
        { kind: 'renamed', box: [20, 210, 90, 300], class: name, confidence: 0.6 },
        { kind: 'missed', box: [100, 100, 150, 300], class: name, confidence: null },
        found,
      ],
    ],
  };
  return {
    example: {
      kind,
      image: 0,
      imageId: name,
      condition: 'darkness/3',
      objects: [0],
      classes: [name],
      influence: 1,
    },
    original: picture,
    changed: picture,
  };
}

/** A report in which everything that a pull request can name is `name`. */
export function untrustedReport(name: string): Report {
  const report = regressedReport();
  const dataset = { ...report.candidate.dataset, classes: [name] };
  const candidate = makeManifest({
    dataset,
    model: { file: name, digest: hex('a') },
    notes: [name],
    engine: { name, version: name, processor: name },
    predictor: { ...report.candidate.predictor, classes: [name], decoder: name },
  });
  return {
    ...report,
    name,
    verdict: {
      status: 'regressed',
      sentence: name,
      reasons: [{ code: 'drop', message: name }],
      failed: true,
    },
    candidate,
    baseline: candidate,
    source: { description: name, commit: name, url: name, distance: 3 },
    comparison: makeComparison(1, {
      nodes: [
        makeNode('clean', 'clean', 0),
        makeNode('family', name, 5),
        makeNode('perturbation', name, 5),
      ],
      classes: [
        { name, objects: 3, groups: 3, clean: [1, 2], perturbed: [3, 2], standardError: null },
      ],
      classDrops: ['clean', name].map((column) => ({
        name: column,
        drops: [{ drop: 3, standardError: 1, change: 'worse' }],
      })),
      failures: [makePicture(name).example],
      notes: [name],
    }),
    pictures: [makePicture(name)],
    notes: [name],
  };
}

/** A report of models that find nothing: what cannot be known is null or no number. */
export function brokenReport(): Report {
  const nothing = { map: null, ap50: null, classes: [], classes50: [] };
  const metrics = conditions.map(({ id }) => ({ condition: id, ...nothing }));
  const candidate = makeManifest({ metrics });
  const unknown = {
    baseline: Number.NaN,
    candidate: 0,
    interval: [Number.NaN, Number.NaN],
    detectableDrop: Number.NaN,
    ruledOut: Number.POSITIVE_INFINITY,
    adjustedP: null,
    untested: 'baseline-too-low',
  } as const;
  const nodes = suiteNodes(conditions).map(({ level, name }) =>
    makeNode(level, name, Number.NaN, unknown),
  );
  const none = { objects: 0, missed: 0, ghost: 0, moved: 0, renamed: 0 };
  return regressedReport({
    candidate,
    baseline: candidate,
    comparison: makeComparison(Number.NaN, {
      nodes,
      classes: [
        {
          name: 'only',
          objects: 0,
          groups: 0,
          clean: [null, null],
          perturbed: [null, 0],
          standardError: null,
        },
      ],
      classDrops: ['clean', 'gaussian_noise'].map((name) => ({ name, drops: [null] })),
      errors: [{ condition: 'clean', baseline: none, candidate: none }],
    }),
  });
}

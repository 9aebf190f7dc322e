import { plain } from '../escape.ts';
import { preprocessWords } from '../../evaluate/variants.ts';
import { auditSentences } from '../audit.ts';
import { count, inputText, share, short } from '../format.ts';
import type { RunManifest } from '../../baseline/manifest.ts';
import type { Report } from '../report.ts';
import { resolution } from '../words.ts';
import { Part } from './parts.tsx';

/** A term and what it is. */
type Fact = readonly [term: string, value: string];

/** How sure the verdict is, and where the numbers come from. */
export function MethodPart({ report }: { report: Report }) {
  const { comparison, baseline, candidate } = report;
  return (
    <div class={comparison ? 'duo' : ''}>
      {comparison ? (
        <Part id="sure" title="How sure" lead={resolution(report)}>
          <Facts facts={testFacts(report)} />
        </Part>
      ) : null}
      <Part id="settings" title="Settings and provenance">
        <Facts facts={settingFacts(candidate)} />
        <details>
          <summary>Digests</summary>
          <Facts facts={digestFacts(candidate, baseline)} />
        </details>
      </Part>
    </div>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(([term, value]) => (
        <>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

function testFacts({ comparison, audit }: Report): Fact[] {
  if (!comparison) return [];
  const { test, images, groups, identical } = comparison;
  if (identical)
    return [
      ['Comparison', 'Every byte that decides the detections is equal: the drop is exactly 0.'],
    ];
  return [
    ['Data', `${count(images, 'image')} in ${count(groups, 'independent group')}`],
    [
      'Test',
      `${count(test.tested, 'comparison')} judged together by a paired bootstrap over groups with max-T: however many there are, about ${share(test.alpha)} at most of the pull requests in which no drop exceeds what is allowed are called regressed.`,
    ],
    [
      '±',
      `of a drop: half of the two-sided interval that holds for all judged rows at once, at ${share(1 - test.alpha)} (the test itself is one-sided, so a regressed row’s ± may reach a little under what is allowed); of the risk: 1.96 standard errors, not adjusted`,
    ],
    [
      'Critical values',
      `${test.critical.toFixed(3)} (one-sided test), ${test.criticalTwoSided.toFixed(3)} (two-sided intervals)`,
    ],
    ['Replicates', `${test.replicates}, seed ${test.seed}: the same runs give the same verdict`],
    ...(audit ? [['Audit', auditSentences(audit).join(' ')] as const] : []),
  ];
}

/** How a run was made. */
export function settingFacts(run: RunManifest): Fact[] {
  const { predictor, confidence, suite, engine, dataset } = run;
  const source = confidence.source === 'f1' ? 'best F1 on clean images' : 'config';
  const perturbed = new Set(
    suite.conditions.flatMap((entry) => (entry.kind === 'perturbed' ? [entry.perturbation] : [])),
  );
  return [
    ['Model', `${plain(run.model.file)}, sha256 ${short(run.model.digest, 16)}…`],
    ['Predictor', plain(predictorText(predictor), 400)],
    ['Input', inputFact(predictor)],
    [
      'Boxes',
      `${suppressionText(predictor.nms)}, confidence over ${predictor.floor}, at most ${predictor.maxDetections} an image`,
    ],
    [
      'Confidence',
      `${confidence.value.toFixed(3)} (${source}): risk and failure examples are counted at it, at IoU 0.5`,
    ],
    [
      'Data set',
      `${count(run.images.length, 'image')}, ${count(dataset.classes.length, 'class', 'classes')}`,
    ],
    [
      'Suite',
      `${count(perturbed.size, 'perturbation')}, ${count(suite.conditions.length, 'condition')}, seed ${suite.seed}`,
    ],
    ['Engine', plain(`${engine.name} ${engine.version} on ${engine.processor}`, 200)],
    ['Tool', plain(`robustness-gate ${run.tool}`)],
  ];
}

/** The kind, and the decoder with what it recognised the model by. */
function predictorText({ kind, decoder, evidence }: RunManifest['predictor']): string {
  if (decoder === null) return kind;
  return `${kind}, decoder ${decoder}${evidence ? ` (${evidence})` : ''}`;
}

/** What is known of how an image reaches the model: all, or only the form in which it leaves. */
function inputFact({ input, preprocess, pixels }: RunManifest['predictor']): string {
  if (preprocess !== null) return `${inputText(input)}: ${preprocessWords(preprocess)}`;
  return pixels === 'memory'
    ? 'images as they are'
    : `images as they are, as ${pixels.toUpperCase()}`;
}

function suppressionText(nms: number | null): string {
  if (nms === null) return 'final as the model gives them, no suppression';
  return nms < 1 ? `suppressed class by class at IoU ${nms}` : 'suppression left to the model';
}

function digestFacts(candidate: RunManifest, baseline: RunManifest | null): Fact[] {
  const of = (who: string, run: RunManifest): Fact[] => [
    [`${who}: model`, run.model.digest],
    [`${who}: settings`, run.configDigest],
    [`${who}: detections`, run.files.detections],
    [`${who}: truth`, run.files.truth],
  ];
  return [
    ['Images', candidate.dataset.imagesDigest],
    ['Labels', candidate.dataset.labelsDigest],
    ['Suite', candidate.suite.digest],
    ...of('Candidate', candidate),
    ...(baseline ? of('Baseline', baseline) : []),
  ];
}

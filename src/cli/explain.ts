import type { Command } from 'commander';
import { z } from 'zod';
import type { RunManifest } from '../baseline/manifest.ts';
import { readRun } from '../baseline/read.ts';
import type { Run } from '../baseline/run.ts';
import { loadConfig } from '../config/load.ts';
import type { Sample } from '../dataset/dataset.ts';
import { readDataset } from '../dataset/read.ts';
import { GateError } from '../errors.ts';
import { decodeImage } from '../image/codec.ts';
import { drawPanels } from '../image/panels.ts';
import { changedImage } from '../perturb/change.ts';
import type { Condition } from '../perturb/condition.ts';
import { perturbations } from '../perturb/registry.ts';
import { plain } from '../report/escape.ts';
import {
  explainCounts,
  type ExplainedRun,
  explainLegend,
  explainRun,
  explainText,
  panelBoxes,
} from '../report/explain.ts';
import { findCondition, findImage } from './names.ts';
import { datasetContext, note, originOption, print, writeOutput } from './shared.ts';

const Flags = z.object({
  config: z.string(),
  image: z.string(),
  condition: z.string(),
  baseline: z.string().optional(),
  output: z.string().optional(),
  predictorOrigin: z.array(z.string()).default([]),
});

/** `explain`: one image under one condition, with what the model found there. */
export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .description(
      'show what a run found in one image under one condition: in words, and with -o as a picture beside the original',
    )
    .argument('<run>', 'run directory')
    .requiredOption('--image <id>', 'the image’s id or file name')
    .requiredOption('--condition <id>', 'such as darkness/3')
    .option('--baseline <dir>', 'another run directory: what both found, side by side')
    .option('-c, --config <file>', 'the config, whose data set has the image', 'robustness.yml')
    .option('-o, --output <file>', 'the PNG')
    .addOption(originOption())
    .action(async (directory: string, flags: unknown) => {
      const {
        config,
        image,
        condition: id,
        baseline,
        output,
        predictorOrigin,
      } = Flags.parse(flags);
      const run = await readRun(directory);
      const rank = findImage(run.manifest, image);
      const condition = findCondition(run.manifest, id);
      const explained = await explainRun(run, 'candidate', rank, condition.id);
      const runs =
        baseline === undefined
          ? [explained]
          : [await explainBaseline(await readRun(baseline), run, rank, condition), explained];
      if (output !== undefined) {
        const { manifest } = run;
        const sample = await findSample(config, manifest.images[rank]!, directory, predictorOrigin);
        await writeOutput(
          output,
          await drawExplained(sample, condition, manifest.suite.seed, runs),
        );
        note(`picture: ${output}`);
      }
      print(explainText(run.manifest.images[rank]!.id, condition.id, runs));
    });
}

/** The other run's answer for the same pixels. */
async function explainBaseline(
  baseline: Run,
  run: Run,
  rank: number,
  condition: Condition,
): Promise<ExplainedRun> {
  const { images, suite } = baseline.manifest;
  const { id, digest } = run.manifest.images[rank]!;
  const same = images.findIndex((image) => image.digest === digest);
  const other = suite.conditions.find((entry) => entry.id === condition.id);
  const problem =
    same < 0
      ? `has no image with the content of ${id}`
      : !other
        ? `has no condition ${condition.id}`
        : JSON.stringify([other, suite.seed]) !==
            JSON.stringify([condition, run.manifest.suite.seed])
          ? `made ${condition.id} in another way: other params, version or seed`
          : null;
  if (problem !== null) {
    throw new GateError('incomparable', { message: `the baseline ${problem}` });
  }
  return explainRun(baseline, 'baseline', same, condition.id);
}

/** The image as the run saw it, wherever it lies now. */
async function findSample(
  configFile: string,
  { id, digest }: RunManifest['images'][number],
  run: string,
  origins: readonly string[],
): Promise<Sample> {
  const config = await loadConfig(configFile);
  const { samples } = await readDataset(config.dataset, datasetContext(configFile, origins));
  const sample = samples.find((candidate) => candidate.digest === digest);
  if (sample) return sample;
  const changed = samples.some((candidate) => candidate.id === id);
  throw new GateError('dataset', {
    message: changed
      ? `${id} is not the file that ${run} saw: its content has changed`
      : `the data set of ${configFile} does not have ${id}, nor another file with its content`,
    fix: 'name the config that the run was made with (-c), or leave out -o: words need no image',
  });
}

async function drawExplained(
  sample: Sample,
  condition: Condition,
  seed: number,
  runs: readonly ExplainedRun[],
): Promise<Uint8Array> {
  checkVersion(condition);
  const original = await decodeImage(sample.path);
  const changed = await changedImage(original, sample.digest, condition, seed);
  const candidate = runs.at(-1)!;
  const panels = runs.map((run) => ({
    title: `${condition.id}, ${run.role} ${plain(run.model, 40)}: ${explainCounts(run.changed)}`,
    image: changed,
    boxes: panelBoxes(run.changed),
  }));
  const first = {
    title: `original, ${candidate.role}: ${explainCounts(candidate.original)}`,
    image: original,
    boxes: panelBoxes(candidate.original),
  };
  return drawPanels([first, ...panels], explainLegend);
}

/** Another version draws other pixels than the model saw. */
function checkVersion(condition: Condition): void {
  if (condition.kind === 'clean') return;
  const known = perturbations.find(({ name }) => name === condition.perturbation);
  if (known?.version === condition.version) return;
  throw new GateError('incomparable', {
    message: known
      ? `the run has version ${condition.version} of ${condition.perturbation}, this tool has version ${known.version}: the picture would be another`
      : `this tool has no perturbation ${condition.perturbation}`,
    fix: 'use the version of the tool that made the run, or leave out -o: words need no image',
  });
}

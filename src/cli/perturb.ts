import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { nearest } from '../config/nearest.ts';
import { GateError } from '../errors.ts';
import { decodeImage, encodePng } from '../image/codec.ts';
import type { Image } from '../image/image.ts';
import { drawSheet } from '../image/sheet.ts';
import { changedImage } from '../perturb/change.ts';
import type { Condition } from '../perturb/condition.ts';
import { perturbations } from '../perturb/registry.ts';
import { conditionOf } from '../perturb/suite.ts';
import { writeChangedDataset } from './perturb-dataset.ts';
import { note, originOption, print, writeOutput } from './shared.ts';

const Flags = z.object({
  name: z.string().optional(),
  severity: z.int(),
  seed: z.int(),
  output: z.string().optional(),
  sheet: z.string().optional(),
  all: z.string().optional(),
  config: z.string().optional(),
  predictorOrigin: z.array(z.string()).default([]),
});

const ListFlags = z.object({ json: z.boolean().default(false) });

const THUMBNAIL_WIDTH = 160;

/** Makes the picture of a condition. */
type Change = (condition: Condition) => Promise<Image>;

/** `perturb` and `perturbations`: changed images, and the list. */
export function addPerturbCommands(program: Command): void {
  program
    .command('perturb')
    .description(
      'write one changed image, a contact sheet of the suite, or every condition, as PNG',
    )
    .argument('[image]', 'image file')
    .option('--name <name>', 'perturbation (see `perturbations`), with -o')
    .option('--severity <n>', '1 to 5', parseWhole(1, 5), 3)
    .option('--seed <n>', 'seed of the suite', parseWhole(0, 0xffffffff), 0)
    .option('-o, --output <file>', 'the PNG')
    .option(
      '--sheet <file>',
      'write a labelled contact sheet of every perturbation at every severity',
    )
    .option('--all <dir>', 'write every condition into a folder')
    .option(
      '-c, --config <file>',
      'with --all, in place of an image: every image of the config’s data set under its suite, and images.json, for a model that predicts elsewhere (predictor `detections-file`)',
    )
    .addOption(originOption())
    .action(async (file: string | undefined, flags: unknown) => {
      const parsed = Flags.parse(flags);
      if (parsed.config !== undefined && parsed.all !== undefined && file === undefined) {
        const written = await writeChangedDataset(
          parsed.config,
          parsed.all,
          parsed.predictorOrigin,
        );
        return note(`${written} images, images.json: ${parsed.all}`);
      }
      if (file === undefined) {
        throw new GateError('usage', {
          message: 'no image',
          fix: 'name an image, or a config with --config FILE --all DIR',
        });
      }
      const { name, severity, seed, output, sheet, all } = parsed;
      const change = await openImage(file, seed);
      if (sheet !== undefined) {
        await writeOutput(sheet, await contactSheet(change));
        note(`contact sheet: ${sheet}`);
      }
      if (all !== undefined) await writeAll(change, all);
      if (name !== undefined && output !== undefined) {
        const condition = conditionOf(perturbationNamed(name), severity);
        await writeOutput(output, await encodePng(await change(condition)));
        note(`${condition.id}: ${output}`);
      } else if (sheet === undefined && all === undefined) {
        throw new GateError('usage', {
          message: 'nothing to write',
          fix: 'give --name NAME with -o OUT.png, or --sheet OUT.png, or --all DIR',
        });
      }
    });
  program
    .command('perturbations')
    .description('list what the suite can do to an image')
    .option('--json', 'with params and sources, as JSON')
    .action((flags: unknown) => {
      if (ListFlags.parse(flags).json) return print(JSON.stringify(listing(), null, 2));
      const width = Math.max(...perturbations.map(({ name }) => name.length));
      print(
        perturbations
          .map(
            ({ name, family, severities, simulates }) =>
              `${name.padEnd(width)}  ${family.padEnd(9)}  ${severities.length === 1 ? '1  ' : '1-5'}  ${simulates}`,
          )
          .join('\n'),
      );
    });
}

function listing(): object[] {
  return perturbations.map(({ name, title, family, simulates, source, version, severities }) => ({
    name,
    title,
    family,
    simulates,
    source,
    version,
    severities,
  }));
}

async function openImage(file: string, seed: number): Promise<Change> {
  const bytes = await readFile(file).catch(() => {
    throw new GateError('image', { message: `image not found: ${file}` });
  });
  const digest = createHash('sha256').update(bytes).digest('hex');
  const image = await decodeImage(file);
  return (condition) => changedImage(image, digest, condition, seed);
}

async function contactSheet(change: Change): Promise<Uint8Array> {
  const severities = [1, 2, 3, 4, 5];
  const rows = [{ label: 'clean', images: [await change({ id: 'clean', kind: 'clean' })] }];
  for (const perturbation of perturbations) {
    const levels = severities.slice(0, perturbation.severities.length);
    const images: Image[] = [];
    for (const level of levels) images.push(await change(conditionOf(perturbation, level)));
    rows.push({ label: perturbation.name, images });
  }
  return drawSheet(
    rows,
    severities.map((level) => `severity ${level}`),
    THUMBNAIL_WIDTH,
  );
}

async function writeAll(change: Change, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const conditions = perturbations.flatMap((perturbation) =>
    perturbation.severities.map((_, i) => conditionOf(perturbation, i + 1)),
  );
  for (const condition of [{ id: 'clean', kind: 'clean' } as const, ...conditions]) {
    const file = join(directory, `${condition.id.replace('/', '-')}.png`);
    await writeFile(file, await encodePng(await change(condition)));
  }
  note(`${conditions.length + 1} conditions: ${directory}`);
}

function perturbationNamed(name: string): (typeof perturbations)[number] {
  const perturbation = perturbations.find((candidate) => candidate.name === name);
  if (!perturbation) throw unknownPerturbation(name);
  return perturbation;
}

function unknownPerturbation(name: string): GateError {
  const names = perturbations.map((perturbation) => perturbation.name);
  const near = nearest(name, names);
  return new GateError('usage', {
    message: `unknown perturbation "${name}"`,
    fix: near ? `did you mean "${near}"?` : `one of ${names.join(', ')}`,
  });
}

function parseWhole(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < least || number > most) {
      throw new InvalidArgumentError(`a whole number from ${least} to ${most}`);
    }
    return number;
  };
}

import { writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { nearest } from '../config/nearest.ts';
import { GateError } from '../errors.ts';
import { decodeImage, encodePng } from '../image/codec.ts';
import { changedImage } from '../perturb/change.ts';
import { perturbations } from '../perturb/registry.ts';
import { conditionOf } from '../perturb/suite.ts';
import { note, print } from './shared.ts';

const Flags = z.object({
  name: z.string(),
  severity: z.int(),
  seed: z.int(),
  output: z.string(),
});

/** `perturb` and `perturbations`: one changed image, and the list. */
export function addPerturbCommands(program: Command): void {
  program
    .command('perturb')
    .description('write one changed image as PNG')
    .argument('<image>', 'image file')
    .requiredOption('--name <name>', 'perturbation (see `perturbations`)')
    .option('--severity <n>', '1 to 5', parseWhole(1, 5), 3)
    .option('--seed <n>', 'seed of the suite', parseWhole(0, 0xffffffff), 0)
    .requiredOption('-o, --output <file>', 'the PNG')
    .action(async (file: string, flags: unknown) => {
      const { name, severity, seed, output } = Flags.parse(flags);
      const perturbation = perturbations.find((candidate) => candidate.name === name);
      if (!perturbation) throw unknownPerturbation(name);
      const bytes = await readFile(file).catch(() => {
        throw new GateError('image', { message: `image not found: ${file}` });
      });
      const digest = createHash('sha256').update(bytes).digest('hex');
      const condition = conditionOf(perturbation, severity);
      const changed = await changedImage(await decodeImage(file), digest, condition, seed);
      await writeFile(output, await encodePng(changed));
      note(`${condition.id}: ${output}`);
    });
  program
    .command('perturbations')
    .description('list what the suite can do to an image')
    .action(() => {
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

import type { Command } from 'commander';
import { configJsonSchema } from '../config/docs.ts';
import { print } from './shared.ts';

/** `schema`: the JSON Schema of the config. */
export function addSchemaCommand(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of the config')
    .action(() => print(JSON.stringify(configJsonSchema(), null, 2)));
}

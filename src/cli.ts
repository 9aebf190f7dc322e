import { Command, CommanderError } from 'commander';
import { addCompareCommand } from './cli/compare.ts';
import { addDemoCommand } from './cli/demo.ts';
import { addDoctorCommand } from './cli/doctor.ts';
import { addExplainCommand } from './cli/explain.ts';
import { addExportCommand } from './cli/export.ts';
import { addGateCommand } from './cli/gate.ts';
import { addInitCommand } from './cli/init.ts';
import { addMergeCommand } from './cli/merge.ts';
import { addPerturbCommands } from './cli/perturb.ts';
import { addReportCommand } from './cli/report.ts';
import { addRunCommand } from './cli/run.ts';
import { addSchemaCommand } from './cli/schema.ts';
import { addScoreCommand } from './cli/score.ts';
import { secrets } from './cli/secrets.ts';
import { addSiteCommand } from './cli/site.ts';
import { addValidateCommand } from './cli/validate.ts';
import { formatError, harmless } from './errors.ts';
import { guardOutput } from './output-guard.ts';
import { TOOL_VERSION } from './version.ts';

const COULD_NOT_JUDGE = 2;

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('robustness-gate')
    .description(
      'Finds out whether a vision model got less robust to blur, noise, light and geometry.',
    )
    .version(TOOL_VERSION)
    .option('--debug', 'print the stack of unexpected errors')
    .exitOverride()
    .showHelpAfterError('(add --help for what there is)');
  addInitCommand(program);
  addRunCommand(program);
  addMergeCommand(program);
  addGateCommand(program);
  addValidateCommand(program);
  addCompareCommand(program);
  addReportCommand(program);
  addExplainCommand(program);
  addExportCommand(program);
  addScoreCommand(program);
  addSiteCommand(program);
  addSchemaCommand(program);
  addPerturbCommands(program);
  addDoctorCommand(program);
  addDemoCommand(program);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : COULD_NOT_JUDGE;
      return;
    }
    const debug = argv.includes('--debug');
    process.stderr.write(`${harmless(formatError(error, { debug }))}\n`);
    process.exitCode = COULD_NOT_JUDGE;
  }
}

guardOutput([process.stdout, process.stderr], secrets);
await main(process.argv);
// A model that hangs would keep the process alive.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));

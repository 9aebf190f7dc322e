import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { parse } from 'yaml';

const StepSchema = z.object({
  name: z.string().optional(),
  id: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])).default({}),
  env: z.record(z.string(), z.string()).default({}),
});

/** A step of a workflow, as its file has it. */
export type WorkflowStep = z.infer<typeof StepSchema>;

/** The steps of a job of a workflow's file. */
export function stepsOf(workflow: string, job: string): WorkflowStep[] {
  const jobs = z.record(z.string(), z.object({ steps: z.array(StepSchema) }));
  return z.object({ jobs }).parse(parse(workflow)).jobs[job]!.steps;
}

/** Puts in what the expressions of a workflow stand for; one that is not known is a fault of the workflow. */
export function expand(text: string, known: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, name: string) => {
    const value = known[name];
    if (value === undefined) throw new Error(`unknown expression: ${name}`);
    return value;
  });
}

/** Runs a step's commands as the runner does: `bash -e`, and the first that fails ends it. */
export function runShell(commands: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const file = { cwd, env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env } };
  return new Promise((done, fail) => {
    execFile('bash', ['-e', '-c', commands], file, (error, stdout, stderr) => {
      if (error) fail(new Error(`${error.message}\n${stdout}\n${stderr}`));
      else done(stdout);
    });
  });
}

/** Settings by which git finds a repository of the server in a folder of this machine. */
export function gitRemote(remote: string, folder: string): NodeJS.ProcessEnv {
  return {
    GIT_CONFIG_GLOBAL: join(folder, 'no-such-config'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${folder}.insteadOf`,
    GIT_CONFIG_VALUE_0: remote,
  };
}

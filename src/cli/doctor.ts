import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { loadConfig } from '../config/load.ts';
import { harmless } from '../errors.ts';
import { diagnoseArtifacts, diagnoseWorkflow, type Finding } from '../github/doctor.ts';
import { createOctokit } from '../github/octokit.ts';
import { note, print } from './shared.ts';

const Flags = z.object({ config: z.string(), workflows: z.string() });
const MARKS = { good: '✓', lacking: '✕', unknown: '?' } as const;

/** `doctor`: what the set-up on GitHub lacks. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'tell what workflows, permissions and token lack; with GITHUB_TOKEN and GITHUB_REPOSITORY set, also whether a baseline can be reached',
    )
    .option('-c, --config <file>', 'the config', 'robustness.yml')
    .option('--workflows <dir>', 'folder of the workflows', '.github/workflows')
    .action(async (flags: unknown) => {
      const { config, workflows } = Flags.parse(flags);
      const findings = [
        ...(await workflowFindings(workflows)),
        ...(await repositoryFindings(config)),
      ];
      for (const { state, message, fix } of findings) {
        print(harmless(`${MARKS[state]} ${message}`));
        if (fix !== undefined) print(harmless(fix.replace(/^/gm, '    ')));
      }
      if (findings.some(({ state }) => state === 'lacking')) process.exitCode = 2;
    });
}

async function workflowFindings(folder: string): Promise<Finding[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.ya?ml$/.test(name));
  const findings: Finding[] = [];
  for (const name of names.toSorted()) {
    const file = join(folder, name);
    findings.push(...diagnoseWorkflow(await readFile(file, 'utf8'), file));
  }
  return findings.length > 0
    ? findings
    : [
        {
          state: 'lacking',
          message: `no workflow in ${folder} runs the gate`,
          fix: 'copy docs/workflows/gate.yml there',
        },
      ];
}

async function repositoryFindings(config: string): Promise<Finding[]> {
  const { GITHUB_TOKEN: token = '', GITHUB_REPOSITORY: repository = '' } = process.env;
  const [owner = '', repo = ''] = repository.split('/');
  const { name } = await loadConfig(config);
  if (token === '' || repo === '') {
    return [
      {
        state: 'unknown',
        message:
          'whether a baseline can be reached: GITHUB_TOKEN and GITHUB_REPOSITORY are not set',
      },
    ];
  }
  const api = process.env['GITHUB_API_URL'] ?? 'https://api.github.com';
  return [await diagnoseArtifacts(createOctokit(token, api, note), { owner, repo }, name)];
}

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { reporters } from '../src/report/registry.ts';
import { runCli } from './helpers/bundle.ts';

const read = (name: string): Promise<string> =>
  readFile(new URL(`../${name}`, import.meta.url), 'utf8');

describe('the README’s command list', () => {
  it('has every command, and no other', async () => {
    const { stdout } = await runCli(['--help'], '.');
    const commands = [...stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}([a-z]+)/gm)]
      .map(([, name]) => name)
      .filter((name) => name !== 'help');
    const part = (await read('README.md')).split('## The command line')[1]?.split('\n## ')[0] ?? '';
    const listed = [...part.matchAll(/^\| `([a-z]+)/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(commands.sort());
  }, 60_000);

  it('names no option that a command does not have', async () => {
    const part = (await read('README.md')).split('## The command line')[1]?.split('\n## ')[0] ?? '';
    for (const [, usage = '', name = ''] of part.matchAll(/^\| `(([a-z]+)[^`]*)`/gm)) {
      const { stdout } = await runCli([name, '--help'], '.');
      for (const [option] of usage.matchAll(/(?<=[ [])--?[a-z]+(-[a-z]+)*/g)) {
        expect(stdout).toMatch(new RegExp(`(^|[ ,])${option}[ ,]`, 'm'));
      }
    }
  }, 120_000);
});

describe('docs/outputs.md', () => {
  it('has every form of a report with its file', async () => {
    const page = await read('docs/outputs.md');
    for (const { name, file, option } of reporters) {
      const row = option ? `| \`--${name}\` | \`${file}\` |` : file === null ? '' : `\`${file}\` |`;
      expect(page).toContain(row);
    }
  });
});

import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { axeViolations, inBrowser, launchBrowser } from '../helpers/browser.ts';
import { httpServer } from '../helpers/http.ts';
import {
  type Event,
  exampleModels,
  freshRepository,
  judged,
  main,
  makePlace,
  MINUTES,
  type Place,
  step,
} from './scenario.ts';
import { removeScratch, scratch } from './scratch.ts';
import type { ServerState } from './server/state.ts';
import { expand, gitRemote, runShell, stepsOf, type WorkflowStep } from './shell.ts';
import { makeWorkspace } from './workspace.ts';

const template = join(import.meta.dirname, '../../docs/workflows/pages.yml');

const night: Event = {
  run: {
    event: 'schedule',
    branch: 'main',
    sha: main,
    path: '.github/workflows/robustness-history.yml',
  },
  payload: {},
  ref: 'refs/heads/main',
};

/** What a job needs beside GitHub: its machine, and the repository that it pushes to. */
interface Job {
  readonly at: Place;
  readonly state: ServerState;
  readonly repository: string;
}

/** Runs the steps of pages.yml in order and gives the folder that Pages would serve. */
async function replay(model: Uint8Array, { at, state, repository }: Job): Promise<string> {
  const workspace = await makeWorkspace(model, judged);
  const known: Record<string, string> = { 'github.token': 'ghs_full' };
  const site = await scratch('site');
  const shell = {
    ...gitRemote('https://x-access-token:ghs_full@github.test/octo/site.git', repository),
    GITHUB_SERVER_URL: 'https://github.test',
    GITHUB_REPOSITORY: 'octo/site',
    GITHUB_SHA: main,
  };
  const uses: Record<string, (inputs: Record<string, string>) => Promise<unknown>> = {
    'actions/checkout': async ({ repository: other, path }) => {
      if (other === undefined) return;
      await mkdir(join(workspace, path!));
      await cp(at.bundle, join(workspace, path!, 'dist'), { recursive: true });
    },
    'OWNER/robustness-gate': async (inputs) => {
      const result = await step(state, workspace, night, { at, inputs });
      expect(result.code).toBe(0);
      known['runner.temp'] = result.temporary;
      for (const [name, value] of Object.entries(result.outputs)) {
        known[`steps.gate.outputs.${name}`] = value;
      }
    },
    // The archive that the action makes, and what Pages takes out of it.
    'actions/upload-pages-artifact': async ({ path }) =>
      runShell(
        `tar --dereference --hard-dereference --directory "$FROM" --exclude=.git --exclude=.github -cf - . | tar -xf - -C "$TO"`,
        workspace,
        { FROM: path, TO: site },
      ),
    'actions/deploy-pages': async () => {},
  };
  const take = async ({ uses: action, run, with: inputs, env }: WorkflowStep): Promise<void> => {
    const filled = (of: Record<string, unknown>): Record<string, string> =>
      Object.fromEntries(
        Object.entries(of).map(([name, of_]) => [name, expand(String(of_), known)]),
      );
    if (run !== undefined) {
      const own = { ...shell, RUNNER_TEMP: known['runner.temp'], ...filled(env) };
      await runShell(expand(run, known), workspace, own);
    }
    if (action !== undefined) await uses[action.split('@')[0]!]!(filled(inputs));
  };
  for (const one of stepsOf(await readFile(template, 'utf8'), 'history')) await take(one);
  return site;
}

const types: Record<string, string> = { '.html': 'text/html', '.json': 'application/json' };

/** The site as Pages serves a project's: under the name of the repository. */
async function serve(folder: string) {
  return httpServer(async ({ url }) => {
    const path = url.replace(/^\/site\//, '').replace(/\/$|^$/, 'index.html');
    const file = join(folder, path || 'index.html');
    if (!url.startsWith('/site/') || !existsSync(file)) return { status: 404 };
    return {
      status: 200,
      body: await readFile(file),
      headers: { 'content-type': types[extname(file)] ?? 'text/plain' },
    };
  });
}

inBrowser('docs/workflows/pages.yml', () => {
  let at: Place;
  let models: { a: Uint8Array; b: Uint8Array };
  let browser: Browser;

  beforeAll(async () => {
    at = await makePlace();
    models = await exampleModels();
    browser = await launchBrowser();
  }, 3 * MINUTES);

  afterAll(async () => {
    await browser.close();
    await removeScratch();
  });

  it(
    'keeps every night on a branch of its own and publishes a site that opens',
    async () => {
      const repository = await scratch('remote');
      await runShell('git init --quiet --bare .', repository, {});
      const state = freshRepository();
      await replay(models.b, { at, state, repository });
      // Two nights of one minute would be one.
      await runShell('git branch -m robustness-history keep', repository, {});
      await runShell(
        `git clone --quiet --branch keep . "$TO" && cd "$TO" && for f in runs/*; do git mv "$f" "runs/2026-01-01T0317-\${f##*-}"; done &&
         git -c user.name=x -c user.email=x@x commit --quiet -m earlier && git push --quiet origin HEAD:robustness-history`,
        repository,
        { TO: await scratch('clone') },
      );
      const site = await replay(models.a, { at, state, repository });
      const commits = await runShell('git log --oneline robustness-history', repository, {});
      expect(commits.trim().split('\n')).toHaveLength(3);
      expect((await readdir(site)).sort()).toEqual(['badge.json', 'index.html', 'reports']);
      expect(JSON.parse(await readFile(join(site, 'badge.json'), 'utf8'))).toMatchObject({
        schemaVersion: 1,
      });

      await using server = await serve(site);
      const page = await browser.newPage();
      const events: string[] = [];
      page.on('console', (message) => events.push(message.text()));
      page.on('pageerror', (error) => events.push(error.message));
      page.on('request', (request) => {
        if (!/^data:|favicon/.test(request.url())) events.push(new URL(request.url()).pathname);
      });
      await page.goto(`${server.origin}/site/`);
      expect(await page.locator('h1').innerText()).toMatch(/regressed/i);
      expect(await axeViolations(page)).toEqual([]);
      const links = page.locator('table a[href^="reports/"]');
      expect(await links.count()).toBe(2);
      await links.first().click();
      expect(await page.locator('h1').innerText()).toMatch(/regressed/i);
      expect(await page.locator('.shot img').count()).toBeGreaterThan(0);
      expect(events).toEqual(['/site/', expect.stringMatching(/^\/site\/reports\/20.*\.html$/)]);
    },
    8 * MINUTES,
  );
});

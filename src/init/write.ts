import { stringify } from 'yaml';
import type { FoundDataset } from './find.ts';

/** The config for what was found. */
export function configText(dataset: FoundDataset, model: string): string {
  return `# yaml-language-server: $schema=https://raw.githubusercontent.com/OWNER/robustness-gate/v0/schema.json
${stringify({ version: 1, dataset, predictor: { kind: 'onnx', model } })}suite:
  preset: standard           # quick for a first look, full for nightly runs
gate:
  maxDrop: 1                 # points that may be lost, at every level
  ruleOut: 5                 # a pass needs that drops over this are ruled out
`;
}

/** The workflow: pull requests are judged, main leaves the baseline. */
export const WORKFLOW = `name: robustness
on: { pull_request: {}, push: { branches: [main] } }
permissions: { contents: read, actions: read, pull-requests: write }
jobs:
  gate:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v6
        with: { persist-credentials: false }
      - uses: OWNER/robustness-gate@v0
`;

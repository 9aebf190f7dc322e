import type { ManifestHead } from '../baseline/head.ts';
import type { ConditionMetrics, RunManifest } from '../baseline/manifest.ts';
import type { Run } from '../baseline/run.ts';
import { changedWarp } from '../perturb/change.ts';
import { moveBoxes } from '../boxes/move.ts';
import { bestF1Confidence } from './confidence.ts';
import { conditionRisk } from './risk.ts';
import { scoreCondition } from './score.ts';

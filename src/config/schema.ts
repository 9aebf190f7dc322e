import { z } from 'zod';
import { GatePolicySchema } from '../compare/policy.ts';
import { datasetFormats } from '../dataset/registry.ts';
import { SuiteSchema } from '../perturb/suite.ts';
import { TrainedWithSchema } from '../perturb/trained-with.ts';
import { predictorKinds } from '../predict/registry.ts';

/** The whole of `robustness.yml`. The only source of config types, JSON Schema and docs tables. */
export const ConfigSchema = z.strictObject({
  version: z.literal(1).meta({ description: 'Version of this file’s format.' }),
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
      error: 'use letters, digits, dot, underscore and hyphen, at most 64',
    })
    .default('default')
    .meta({
      description: 'Keys artifact, comment and report when a repository has several gates.',
    }),
  dataset: z.discriminatedUnion('format', [
    datasetFormats[0].options,
    ...datasetFormats.slice(1).map((format) => format.options),
  ]),
  predictor: z.discriminatedUnion('kind', [
    predictorKinds[0].options,
    ...predictorKinds.slice(1).map((kind) => kind.options),
  ]),
  suite: SuiteSchema.prefault({}),
  gate: GatePolicySchema.prefault({}),
  trainedWith: TrainedWithSchema,
  report: z
    .strictObject({
      failures: z.int().min(0).max(50).default(12).meta({
        description: 'Failure examples with pictures in the report.',
      }),
    })
    .prefault({}),
});

export type GateConfig = z.infer<typeof ConfigSchema>;

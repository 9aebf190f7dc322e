import { z } from 'zod';
import { sharedShape } from '../options.ts';
import { decoders } from '../decode/registry.ts';

const decoderNames = decoders.map(({ name }) => name);
const triple = z.tuple([z.number(), z.number(), z.number()]);

/** The config's `predictor` for an ONNX file. */
export const onnxOptions = z.strictObject({
  kind: z
    .literal('onnx')
    .meta({ description: 'An ONNX file, run by ONNX Runtime in this process.' }),
  model: z
    .string()
    .min(1)
    .meta({
      description: 'The model file, or its https address together with `sha256`.',
      examples: ['models/candidate.onnx'],
    }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'must be a SHA-256 of 64 lower-case hex digits' })
    .optional()
    .meta({ description: 'What the model file must hash to; needed for an address.' }),
  decoder: z
    .enum(['auto', ...decoderNames])
    .default('auto')
    .meta({
      description:
        'How the output is read; `auto` looks at shapes and metadata and says what it found.',
    }),
  preprocess: z
    .union([
      z.literal('auto'),
      z.strictObject({
        resize: z.enum(['letterbox', 'letterbox-top-left', 'stretch', 'none']).optional(),
        color: z.enum(['rgb', 'bgr']).optional(),
        scale: z.number().positive().optional(),
        mean: triple.optional(),
        std: triple.optional(),
      }),
    ])
    .default('auto')
    .meta({
      description:
        'How an image becomes the input: (pixel * scale - mean) / std. `auto` takes what the decoder’s framework does.',
    }),
  input: z
    .strictObject({ width: z.int().min(1).max(8192), height: z.int().min(1).max(8192) })
    .optional()
    .meta({ description: 'Input size in pixels, for a model whose own is not fixed.' }),
  names: z.array(z.string().min(1)).min(1).optional().meta({
    description: 'The model’s class names in order, for a model whose metadata has none.',
  }),
  ...sharedShape,
  nms: z.number().gt(0).max(1).default(0.7).meta({
    description: 'Of two boxes of one class that overlap by more than this IoU, the weaker goes.',
  }),
  device: z.enum(['cpu']).default('cpu'),
});

export type OnnxOptions = z.infer<typeof onnxOptions>;

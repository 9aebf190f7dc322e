import { z } from 'zod';

/** Keys of the config that every predictor has. */
export const sharedShape = {
  classes: z
    .record(z.string(), z.string())
    .default({})
    .meta({
      description: 'The model’s class names to the data set’s, many to one allowed.',
      examples: [{ person: 'Person' }],
    }),
  confidence: z.number().gt(0).lt(1).optional().meta({
    description:
      'What production uses; risk and failure examples are counted at it. Without it: where F1 is best on clean images.',
  }),
};

import fc from 'fast-check';

// A check that stands in front of a merge says the same of the same commit; FC_SEED=random looks farther.
const seed = process.env['FC_SEED'] ?? '1';
fc.configureGlobal(seed === 'random' ? {} : { seed: Number(seed) });

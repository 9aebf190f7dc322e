import { timePerturbations } from './perturbations.ts';
await timePerturbations(process.argv.slice(3));

import type { NodeComparison } from '../compare/comparison.ts';

/** What a node is called in a sentence. */
export function nodeTitle({ level, name }: Pick<NodeComparison, 'level' | 'name'>): string {
  if (level === 'clean') return 'clean images';
  if (level === 'overall') return 'all perturbations together';
  if (level === 'class') return `class ${name} over all perturbations`;
  if (level === 'class-clean') return `class ${name} on clean images`;
  return name.replaceAll('_', ' ').replace(/\/(\d)$/, ' at severity $1');
}

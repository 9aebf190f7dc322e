import type { ComponentChildren } from 'preact';
import type { NodeComparison } from '../../compare/comparison.ts';
import { nodeTitle } from '../../judge/titles.ts';
import { plain } from '../escape.ts';
import type { ShownNode } from '../single.ts';
import { nodeState, stateMarks } from '../words.ts';

/** A coordinate of a chart as a percentage of its width; what has none lies at its start. */
export function percent(value: number | undefined): string {
  return `${(value ?? 0).toFixed(2)}%`;
}

/** A number for an SVG path, short. */
export function pixel(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What a node is called in a table: first letter large. */
export function heading({ level, name }: Pick<ShownNode, 'level' | 'name'>): string {
  const text = level === 'overall' ? 'overall' : plain(nodeTitle({ level, name }));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The state of a node as a CSS class. */
export function stateClass(node: NodeComparison): string {
  return `is-${nodeState(node).replaceAll(' ', '-')}`;
}

/** The state of a node as shape and word. */
export function State({ node }: { node: NodeComparison | null }) {
  if (!node) return null;
  const state = nodeState(node);
  return (
    <span>
      <span aria-hidden="true">{stateMarks[state]}</span> {state}
    </span>
  );
}

/** A part of the page with its heading. */
export function Part(props: {
  id: string;
  title: string;
  lead?: string | null;
  children: ComponentChildren;
}) {
  return (
    <section id={props.id} aria-labelledby={`${props.id}-title`}>
      <h2 id={`${props.id}-title`}>{props.title}</h2>
      {props.lead ? <p class="lead">{props.lead}</p> : null}
      {props.children}
    </section>
  );
}

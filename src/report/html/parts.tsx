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
    <span class="nowrap">
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

/** What is wider than a phone: it scrolls by itself, by keyboard too. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="scroll" role="region" aria-label={label} tabindex={0}>
      {children}
    </div>
  );
}

/** The frame of a page: what is above and below its parts. */
export function PageFrame(props: {
  name: string;
  parts: readonly (readonly [id: string, title: string])[];
  tool: string;
  children: ComponentChildren;
}) {
  return (
    <body>
      <a class="skip" href="#main">
        Skip to the verdict
      </a>
      <header class="top">
        <span>
          <b>Robustness Gate</b> {props.name}
        </span>
        <nav aria-label="Parts of the report">
          {props.parts.map(([id, title]) => (
            <a href={`#${id}`}>{title}</a>
          ))}
        </nav>
      </header>
      <main id="main">{props.children}</main>
      <footer>Made by Robustness Gate {props.tool}. No scripts, no requests.</footer>
    </body>
  );
}

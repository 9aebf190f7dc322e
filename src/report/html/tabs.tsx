import type { ComponentChildren } from 'preact';

/** One of several panels in the same place. */
export interface Tab {
  readonly label: string;
  /** Heads the panel. */
  readonly title: string;
  readonly panel: ComponentChildren;
}

/** Panels of which one is shown at a time, chosen without scripts; on paper all of them. */
export function Tabs(props: { name: string; legend: string; tabs: readonly Tab[] }) {
  const { name, legend, tabs } = props;
  return (
    <fieldset class="segments tabs">
      <legend>{legend}</legend>
      {tabs.map(({ label, title, panel }, index) => (
        <>
          <label>
            <input type="radio" name={name} id={`${name}-${index + 1}`} checked={index === 0} />
            {label}
          </label>
          <div class="panel">
            <h3>{title}</h3>
            {panel}
          </div>
        </>
      ))}
    </fieldset>
  );
}

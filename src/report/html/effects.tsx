import { plain } from '../escape.ts';
import { effectMarks, effectsLead, effectText, effectTitle } from '../effects.ts';
import type { Report } from '../report.ts';
import { Part, Scroll } from './parts.tsx';

/** Whether each augmentation of `trainedWith` does what it was meant to do. */
export function EffectPart({ report: { effects } }: { report: Report }) {
  if (effects.length === 0) return null;
  return (
    <Part id="augmentations" title="What the augmentations did" lead={effectsLead}>
      <Scroll label="Effects of augmentations">
        <table>
          <thead>
            <tr>
              <th scope="col">trained with</th>
              <th scope="col">effect</th>
              <th scope="col">against its perturbation</th>
            </tr>
          </thead>
          <tbody>
            {effects.map((entry) => (
              <tr>
                <th scope="row">{plain(effectTitle(entry))}</th>
                <td class={`state is-${entry.effect.replaceAll(' ', '-')}`}>
                  <span aria-hidden="true">{effectMarks[entry.effect]}</span> {entry.effect}
                </td>
                <td>{plain(effectText(entry))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Part>
  );
}

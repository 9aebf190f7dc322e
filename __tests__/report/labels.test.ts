import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boxText, placeLabels } from '../../src/report/html/labels.ts';
import type { PictureBox } from '../../src/report/report.ts';

const kinds = ['lost', 'missed', 'found', 'ghost', 'moved', 'renamed'] as const;

const anyBox: fc.Arbitrary<PictureBox> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    x: fc.integer({ min: -20, max: 640 }),
    y: fc.integer({ min: -20, max: 480 }),
    width: fc.integer({ min: 0, max: 300 }),
    height: fc.integer({ min: 0, max: 300 }),
    class: fc.constantFrom('Person', 'NO-Safety Vest', 'a'.repeat(200)),
  })
  .map(({ kind, x, y, width, height, class: name }) => ({
    kind,
    box: [x, y, x + width, y + height],
    class: name,
    confidence: kind === 'lost' || kind === 'missed' ? null : 0.5,
  }));

/** Where a label lies when the picture is shown so wide: 16 pixels high, 6.6 for a letter. */
function rectangle(label: ReturnType<typeof placeLabels>[number], width: number) {
  const size = label.text.length * 6.6 + 8;
  const [x, y] = [(label.x / 100) * width, (label.y / 100) * ((width * 480) / 640)];
  const left = label.corner.endsWith('left') ? x : x - size;
  const top = label.corner.startsWith('top') ? y : y - 16;
  return { left, top, right: left + size, bottom: top + 16 };
}

describe('labels of boxes', () => {
  it('lie on no other label, at any width from a phone’s on', () => {
    fc.assert(
      fc.property(
        fc.array(anyBox, { maxLength: 40 }),
        fc.array(anyBox, { maxLength: 40 }),
        fc.integer({ min: 300, max: 1200 }),
        (first, second, width) => {
          const places = placeLabels([first, null, second], 640, 480).map((label) =>
            rectangle(label, width),
          );
          for (const [i, a] of places.entries()) {
            for (const b of places.slice(i + 1)) {
              const apart =
                a.right <= b.left + 1e-6 ||
                b.right <= a.left + 1e-6 ||
                a.bottom <= b.top + 1e-6 ||
                b.bottom <= a.top + 1e-6;
              expect(apart).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('name what is wrong before what is right where there is room for one alone', () => {
    const box = [0, 0, 640, 20] as const;
    const found: PictureBox = { kind: 'found', box, class: 'x'.repeat(22), confidence: 0.9 };
    const labels = placeLabels([[found, { ...found, kind: 'lost', confidence: null }]], 640, 40);
    expect(labels.map(({ kind }) => kind)).toEqual(['lost']);
  });

  it('say kind, class and score', () => {
    const box = [0, 0, 1, 1] as const;
    expect(boxText({ kind: 'found', box, class: 'Person', confidence: 0.823 })).toBe('Person .82');
    expect(boxText({ kind: 'ghost', box, class: 'Person', confidence: 1 })).toBe(
      'ghost Person 1.00',
    );
    expect(boxText({ kind: 'lost', box, class: '\u202eabc', confidence: null })).toBe('lost abc');
  });
});

import { describe, expect, it } from '@jest/globals';
import { classDropsCsv, nodesCsv, runClassDropsCsv, runNodesCsv } from '../../src/report/csv.ts';
import { makeComparison, makeManifest, makeNode } from './fixtures.ts';

describe('numbers as CSV', () => {
  it('have a row for each node, unrounded, and nothing for what is not known', () => {
    const node = makeNode('family', 'noise', 6.125, { adjustedP: null });
    const [head, row] = nodesCsv([{ ...node, comparison: node }]).split('\r\n');
    expect(head).toMatch(/^level,name,baseline,candidate,drop,interval_low/);
    expect(row).toMatch(/^family,noise,26\.3,20\.175,6\.125,/);
    expect(row?.split(',')[8]).toBe('');
    const alone = { ...node, baseline: null, candidate: Number.NaN, comparison: null };
    expect(nodesCsv([alone]).split('\r\n')[1]).toBe('family,noise,,,,,,,,,,');
  });

  it('quote names, and no name is a formula', () => {
    const comparison = makeComparison(1);
    const [first, ...others] = comparison.classes;
    const text = classDropsCsv({
      ...comparison,
      classes: [{ ...first!, name: '=HYPERLINK("x"),a\n' }, ...others],
    });
    expect(text).toContain('"\'=HYPERLINK(""x""),a\n",clean,');
  });

  it('of several runs say of which run they are', () => {
    const manifest = makeManifest();
    const nodes = runNodesCsv([
      { name: 'a', manifest },
      { name: '=b', manifest },
    ]).split('\r\n');
    expect(nodes[0]).toBe('run,level,name,map,risk');
    expect(nodes[1]).toBe('a,clean,clean,38.9,');
    expect(nodes.filter((line) => line.startsWith("'=b,"))).toHaveLength((nodes.length - 2) / 2);
    const drops = runClassDropsCsv([{ name: 'b', comparison: makeComparison(1) }]);
    expect(drops).toMatch(/^run,class,condition,.*\r\nb,Hardhat,clean,/);
  });
});

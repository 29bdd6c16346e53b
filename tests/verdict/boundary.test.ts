import { describe, expect, it } from 'vitest';
import * as boundary from '../../src/verdict/boundary.ts';

/** Costs at the bar in the text. */
function costsAt(marked: string): { enter: number; leave: number } {
  const k = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const costs = boundary.createCosts(text.length);
  boundary.boundaryCosts(
    Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)),
    text.length,
    costs,
  );
  return { enter: costs.enter[k], leave: costs.leave[k] };
}

describe('boundary costs', () => {
  it.each([
    ['¦久久', 'enter', boundary.COST_EDGE],
    ['久久¦', 'leave', boundary.COST_EDGE],
    ['结束。¦久久', 'enter', boundary.COST_SENTENCE],
    ['结束。 ¦久久', 'enter', boundary.COST_SENTENCE],
    ['the end. ¦buy', 'enter', boundary.COST_SENTENCE],
    ['结束。”¦久久', 'enter', boundary.COST_SENTENCE],
    ['结束...¦久久', 'enter', boundary.COST_SENTENCE],
    ['结束.¦久久', 'enter', boundary.COST_MARK],
    ['wait...¦buy', 'enter', boundary.COST_MARK],
    ['结束 ¦久久', 'enter', boundary.COST_BLANK],
    ['the ¦buy', 'enter', boundary.COST_WORD],
    ['称为 ¦proto', 'enter', boundary.COST_WORD],
    ['称为¦ proto', 'enter', boundary.COST_INSIDE],
    ['久久 ¦称为', 'leave', boundary.COST_INSIDE],
    ['久久¦ 称为', 'leave', boundary.COST_BLANK],
    ['久久，¦称为', 'enter', boundary.COST_MARK],
    ['久¦久', 'enter', boundary.COST_INSIDE],
    ['免费¦av', 'enter', boundary.COST_SCRIPT],
    ['www.¦example', 'enter', boundary.COST_MARK],
  ] as const)('%s: to %s costs %d', (text, way, cost) => {
    expect(costsAt(text)[way]).toBe(cost);
  });
});

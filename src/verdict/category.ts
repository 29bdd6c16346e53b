import { coarseId, FeatureList, listFeatures } from '../bayes/features.ts';
import { STEPS_PER_NAT, type CategoryTable } from '../bayes/model.ts';
import type { Category, Rule } from '../rules/rule.ts';
import type { Hit } from '../rules/hits.ts';
import { unitClass } from '../text/unit.ts';

const features = new FeatureList();

/** The category of `units[from..to)`: the most likely one by the model's table, with the weights of the rules that hit. */
export function categoryOf(
  units: Uint16Array,
  from: number,
  to: number,
  table: CategoryTable,
  hits: readonly Hit[],
  rules: readonly Rule[],
): Category {
  listFeatures(units.subarray(from, to), to - from, unitClass, features);
  const scores = table.names.map((name, row) => likelihood(table, row) + ruleWeight(name, hits, rules));
  const best = scores.indexOf(Math.max(...scores));
  return (table.names[best] ?? 'adult') as Category;
}

function likelihood(table: CategoryTable, row: number): number {
  const offset = row << table.bits;
  let sum = 0;
  for (let j = 0; j < features.length; j++) sum += table.weights[offset + coarseId(features.ids[j], table.bits)];
  return sum / STEPS_PER_NAT;
}

function ruleWeight(name: string, hits: readonly Hit[], rules: readonly Rule[]): number {
  let sum = 0;
  for (const hit of hits) if (hit.allowedBy < 0 && rules[hit.rule].category === name) sum += hit.weight;
  return sum;
}

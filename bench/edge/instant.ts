import type { BaseModel } from '../../src/samples/adapt.ts';
import { adapt } from '../../src/samples/adapt.ts';
import { InfluenceMeter } from '../../src/samples/influence.ts';
import { Learner } from '../../src/samples/learner.ts';
import { compiledRules } from '../../src/rules/compiled.ts';
import { builtinRules } from '../../src/rules/sets/index.ts';
import { createSieve } from '../../src/sieve.ts';
import type { Policy } from '../../src/verdict/policy.ts';

/** Learns labels one after another, each to a sieve that judges with it: what a check finds after a label, without request and store. */
export class Instant {
  readonly #base: BaseModel;
  readonly #policy: Policy;
  readonly #meter: InfluenceMeter;
  readonly #learner = new Learner();

  constructor(base: BaseModel, policy: Policy) {
    this.#base = base;
    this.#policy = policy;
    this.#meter = new InfluenceMeter(base, compiledRules(builtinRules), policy);
  }

  /** Gives the digest of the model that it came to. */
  async learn(text: string): Promise<string> {
    const at = this.#learner.ids.size;
    const influence = this.#meter.of(text, 'spam');
    this.#learner.learn({ id: String(at), text, label: 'spam', author: `a${at % 7}`, influence });
    const { model } = await adapt(this.#base, this.#learner.counts);
    const sieve = await createSieve({ model, policy: this.#policy, base: this.#base.model });
    // The first check lays out tables.
    return sieve.check({ id: String(at), text }).engine.model;
  }
}

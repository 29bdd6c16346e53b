import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { EngineStamp, Verdict, VerdictKind } from '../index.ts';
import { Counter, exposition, Histogram, Info, MOST_SERIES, type Observations } from './prometheus.ts';
import type { ServiceEnv } from './problem.ts';

/** Upper ends in seconds: a short text takes under a millisecond, the largest body about a second, a slow client more. */
const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** What the service counts since it began. It holds no text, no id and no key. */
export class Metrics {
  readonly #requests = new Counter('linesieve_requests_total', 'Requests answered, by route and status.');
  readonly #latency = new Histogram(
    'linesieve_request_duration_seconds',
    'Time from a request to the head of its answer, by route.',
    LATENCY_BUCKETS,
  );
  readonly #documents = new Counter('linesieve_documents_total', 'Documents judged.');
  readonly #lines = new Counter('linesieve_lines_total', 'Lines read.');
  readonly #characters = new Counter('linesieve_characters_total', 'UTF-16 units read.');
  readonly #verdicts = new Counter('linesieve_verdicts_total', 'Verdicts, by kind.');
  readonly #kinds: Readonly<Record<VerdictKind, string>> = {
    pass: this.#verdicts.series({ kind: 'pass' }),
    clean: this.#verdicts.series({ kind: 'clean' }),
    review: this.#verdicts.series({ kind: 'review' }),
    block: this.#verdicts.series({ kind: 'block' }),
  };
  readonly #hits = new Counter('linesieve_rule_hits_total', 'Hits of rules in reported spans, by rule.');
  readonly #drifts = new Counter(
    'linesieve_drift_warnings_total',
    'Figures that left their band, once a week and site, by what they were held against.',
  );
  readonly #engine = new Info('linesieve_engine_info', 'Version and digests of what judges.');

  readonly #known = new Map<string, { readonly requests: string; readonly latency: Observations }>();

  observeRequest(route: string, method: string, status: number, seconds: number): void {
    const key = `${method} ${status} ${route}`;
    let series = this.#known.get(key);
    if (series === undefined) {
      const requests = this.#requests.series({ method, route, status: String(status) });
      series = { requests, latency: this.#latency.series({ route }) };
      if (this.#known.size < MOST_SERIES) this.#known.set(key, series);
    }
    this.#requests.addTo(series.requests, 1);
    this.#latency.observeIn(series.latency, seconds);
  }

  observeVerdict({ verdict, spans, coverage }: Verdict): void {
    this.#documents.add(1);
    this.#lines.add(coverage.lines);
    this.#characters.add(coverage.characters);
    this.#verdicts.addTo(this.#kinds[verdict], 1);
    for (const { reasons } of spans) {
      for (const { code } of reasons) if (code.startsWith('rule:')) this.#hits.add(1, { rule: ruleOf(code) });
    }
  }

  observeDrift(against: string, figure: string): void {
    this.#drifts.add(1, { against, figure });
  }

  /** All of it in Prometheus' text format. */
  text(engine: EngineStamp | null): string {
    if (engine !== null) this.#engine.set({ ...engine });
    return exposition([
      this.#requests,
      this.#latency,
      this.#documents,
      this.#lines,
      this.#characters,
      this.#verdicts,
      this.#hits,
      this.#drifts,
      this.#engine,
    ]);
  }
}

/** The rule that a reason names. Those of sites are counted as one: what a site calls its rules is for nobody else to read. */
function ruleOf(code: string): string {
  const rule = code.slice('rule:'.length);
  return rule.startsWith('site.') ? 'site' : rule;
}

/** Times and counts every request under the route that answers it; a path of no route is counted as `none`. */
export function measure(metrics: Metrics): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    const began = performance.now();
    await next();
    // Of the last handler that was called, which need not be the last that matched; middleware matches with a star, and is none.
    const route = routePath(c);
    const name = route.endsWith('*') ? 'none' : route;
    metrics.observeRequest(name, c.req.method, c.res.status, (performance.now() - began) / 1000);
  };
}

import type { Clock } from './clock.ts';

/** Keeps requests to one host apart: starts follow each other by at least the delay, whatever runs at the same time. */
export class Pace {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  /** When the next request to a host may start. One entry a host. */
  readonly #next = new Map<string, number>();

  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Resolves when a request to the host may start, and takes that start. */
  async turn(host: string, delayMs: number): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      const next = this.#next.get(host) ?? now;
      if (next <= now) {
        this.#next.set(host, now + delayMs);
        return;
      }
      await this.#clock.sleep(next - now, this.#signal);
    }
  }

  /** Nothing more to the host for so long: what a server asks for that is busy. */
  hold(host: string, milliseconds: number): void {
    const until = this.#clock.now() + milliseconds;
    this.#next.set(host, Math.max(until, this.#next.get(host) ?? 0));
  }
}

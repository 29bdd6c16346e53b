/**
 * Loads at the first call and shares the outcome with every later one, those that come while it loads included. A failure is
 * given to all who waited and then forgotten, so that the next call tries again.
 */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  const forget = (error: unknown): never => {
    loading = null;
    throw error;
  };
  // The inner function makes a rejection of what `load` throws at once: `forget` never runs before `loading` is set.
  return () => (loading ??= (async () => load())().catch(forget));
}

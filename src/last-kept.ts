/** `make`, which is not called again for the key that it was called with last: for what is asked for with one key many times over. */
export function lastKept<K extends string | number, V>(make: (key: K) => V): (key: K) => V {
  let last: { readonly key: K; readonly value: V } | null = null;
  return (key) => {
    if (last === null || last.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}

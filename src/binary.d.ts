/** Data modules: wrangler and esbuild hand the bytes over as an ArrayBuffer. */
declare module '*.bin' {
  const bytes: ArrayBuffer;
  export default bytes;
}

/** WebAssembly modules: wrangler compiles them when it uploads. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

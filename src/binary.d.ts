/** Data modules: wrangler and esbuild hand the bytes over as an ArrayBuffer. */
declare module '*.bin' {
  const bytes: ArrayBuffer;
  export default bytes;
}

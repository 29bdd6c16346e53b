/**
 * OpenCC's dictionary of single characters, a string of `traditional simplified` pairs joined by `|`.
 * The package types only its converters.
 */
declare module 'opencc-js/dict/TSCharacters' {
  const pairs: string;
  export default pairs;
}

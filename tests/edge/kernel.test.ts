import { expect, it } from 'vitest';
import kernel from '../../src/verdict/first-stage.wasm';
import { kernelModule } from '../../src/verdict/kernel.ts';
import '../../src/worker.ts';

it('comes with the bundle, where nothing else may be compiled', () => {
  expect(kernel).toBeInstanceOf(WebAssembly.Module);
  expect(kernelModule()).toBe(kernel);
});

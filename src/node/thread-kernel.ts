import { provideKernel } from '../verdict/kernel.ts';

/**
 * Called by the entry of every thread that makes sieves, before the first: there the first stage runs in JavaScript. Where the processor has
 * protection keys, V8 (as in Node 24) ends the process now and then when threads that compiled WebAssembly come and go (`Check failed:
 * jit_page.has_value()`); the main thread compiles one module, once.
 */
export function leaveKernelToMainThread(): void {
  provideKernel(null);
}

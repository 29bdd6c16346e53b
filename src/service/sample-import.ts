import { checkSample, SampleError, type NewSample } from '../samples/sample.ts';
import { ProblemError } from './problem.ts';

/** The sample as it may be kept. Throws an `invalid-request` problem that says what is wrong with it. */
export function sampleFaults(sample: NewSample): NewSample {
  try {
    return checkSample(sample, 'the sample', {});
  } catch (error) {
    if (!(error instanceof SampleError)) throw error;
    throw new ProblemError('invalid-request', error.message, { errors: [{ pointer: '', detail: error.detail }] });
  }
}

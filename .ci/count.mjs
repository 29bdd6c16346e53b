// Prints `N passed, N failed` from vitest's JSON report and exits with 1 where anything failed.
// A file that could not be read, a check that ended the run before the tests, and a run without tests count as one failure each.
import { readFileSync } from 'node:fs';

const [, , path = '', status = '1'] = process.argv;

function readReport() {
  const text = readFileSync(path, 'utf8');
  return text === '' ? { numPassedTests: 0, numFailedTests: 0, testResults: [] } : JSON.parse(text);
}

const report = readReport();
const unread = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
const counted = report.numFailedTests + unread.length;
const broken = status !== '0' || report.numPassedTests === 0;
const failed = counted === 0 && broken ? 1 : counted;
console.log(`${report.numPassedTests} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

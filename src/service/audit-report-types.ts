/** Reports that an audit has once it is done, by name. In a file of its own: the OpenAPI document names them, and must not reach the engine (DESIGN.md). */
export const REPORT_TYPES: Readonly<Record<string, string>> = {
  'report.html': 'text/html; charset=utf-8',
  'report.csv': 'text/csv; charset=utf-8',
  'report.sarif': 'application/sarif+json',
  'report.junit.xml': 'application/xml',
  'report.md': 'text/markdown; charset=utf-8',
  'campaigns.json': 'application/json',
  'boilerplate.json': 'application/json',
  'summary.json': 'application/json',
};

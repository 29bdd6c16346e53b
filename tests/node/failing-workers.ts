import cluster from 'node:cluster';
import { runPrimary } from '../../src/node/cluster.ts';

// A service none of whose workers can start.
if (cluster.isWorker) process.exit(7);
process.exitCode = await runPrimary({ workers: 2, graceMs: 100, onListening: () => {}, report: () => {} });

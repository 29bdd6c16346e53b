import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { run } from './program.ts';

/** It listens within half a second; longer on a busy machine. */
const START_MILLISECONDS = 30_000;
const POLL_MILLISECONDS = 50;

/** An Rspamd of our own with Bayes and nothing else, and the Redis that it learns into; both listen on Unix sockets. */
export interface RspamdDaemon {
  /** What its controller answers to a mail, in JSON. */
  ask(command: string, mail: string): Promise<string>;
  /** Bytes that Redis keeps. */
  bytes(): number;
  stop(): Promise<void>;
}

/** All that it writes is in one folder; `path` is that of a file there. */
export async function startRspamd(path: (name: string) => string): Promise<RspamdDaemon> {
  // Its list of top-level domains would take seconds to compile.
  writeFileSync(path('domains'), 'com\n');
  writeFileSync(path('probability.lua'), PROBABILITY);
  writeFileSync(path('rspamd.conf'), config(path));
  const log = openSync(path('log'), 'w');
  // Without -i it does not run for root.
  const daemon = spawn('rspamd', ['-f', '-i', '-c', path('rspamd.conf')], { stdio: ['ignore', log, log] });
  closeSync(log);
  const redis = spawn(
    'redis-server',
    ['--port', '0', '--unixsocket', path('redis'), '--save', '', '--dir', path('.')],
    { stdio: 'ignore' },
  );
  const exited = Promise.all([once(daemon, 'exit'), once(redis, 'exit')]);
  const stop = async (): Promise<void> => {
    daemon.kill();
    redis.kill();
    await exited;
  };
  const bytes = (): number =>
    Number(/used_memory:(\d+)/.exec(run('redis-cli', ['-s', path('redis'), 'info', 'memory']))?.[1]);
  const ask = async (command: string, mail: string): Promise<string> => {
    const sent = request({ socketPath: path('socket'), path: command, method: 'POST' }).end(mail);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return text(answer);
  };
  for (let waited = 0; waited < START_MILLISECONDS; waited += POLL_MILLISECONDS) {
    if (daemon.exitCode !== null) break;
    const answered = await ask('/ping', '').catch(() => null);
    if (answered !== null) return { ask, bytes, stop };
    await setTimeout(POLL_MILLISECONDS);
  }
  await stop();
  throw new Error(`rspamd does not answer: ${readFileSync(path('log'), 'utf8').slice(-500)}`);
}

/** The symbol of a mail that Bayes has an opinion of; its option is the probability, which has six digits elsewhere. */
export const PROBABILITY_SYMBOL = 'PROBABILITY';

const PROBABILITY = `
rspamd_config:register_symbol({ name = '${PROBABILITY_SYMBOL}', type = 'postfilter', callback = function(task)
  local probability = task:get_mempool():get_variable('bayes_prob', 'double')
  if probability then task:insert_result('${PROBABILITY_SYMBOL}', 1, string.format('%.17g', probability)) end
end })
`;

/**
 * Its tokens about a mail instead of from its text are off: it leaves them out at random where the text is short. Bayes would judge no mail
 * below 11 tokens, and none before 200 are learned of each kind.
 */
function config(path: (name: string) => string): string {
  return `
lua = "${path('probability.lua')}";
logging { type = "console"; level = "error"; }
options {
  filters = "";
  url_tld = "${path('domains')}";
  hs_cache_dir = "${path('.')}";
  dns { nameserver = "127.0.0.1"; }
  statistics { classify_images = false; classify_mime_info = false; classify_meta = false; }
}
worker "controller" { bind_socket = "${path('socket')} mode=0600"; count = 1; }
classifier "bayes" {
  backend = "redis";
  new_schema = true;
  servers = "${path('redis')}";
  cache { backend = "redis"; servers = "${path('redis')}"; }
  min_tokens = 0;
  min_learns = 0;
  statfile { symbol = "BAYES_SPAM"; spam = true; }
  statfile { symbol = "BAYES_HAM"; spam = false; }
}
`;
}

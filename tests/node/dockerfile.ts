/** One instruction of a Dockerfile, continued lines joined. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
  /** 0 is the first stage. */
  readonly stage: number;
}

/** The instructions of a Dockerfile; comments are left out. */
export function instructionsOf(file: string): Instruction[] {
  let stage = -1;
  const lines = file
    .replace(/^\s*#.*\n?/gm, '')
    .replace(/\\\n\s*/g, ' ')
    .split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', ...rest] = line.split(/\s+/);
      if (name.toUpperCase() === 'FROM') stage++;
      return { name: name.toUpperCase(), text: rest.join(' '), stage };
    });
}

/** What is wrong with a Dockerfile of a service, in words; nothing where it is fit to run. */
export function complaintsOf(file: string): string[] {
  const all = instructionsOf(file);
  const last = Math.max(...all.map(({ stage }) => stage));
  const of = (name: string) => all.filter((one) => one.name === name);
  const inLast = (name: string) => of(name).filter(({ stage }) => stage === last);
  const users = inLast('USER');
  return [
    ...(last < 1 ? ['it has one stage: what builds is shipped'] : []),
    ...of('FROM')
      .filter(({ text }) => !/^[\w./-]+:\d+\.\d+\.\d+[\w.-]*(?: AS \w+)?$/.test(text))
      .map(({ text }) => `FROM ${text}: not an exact version`),
    ...(users.length === 0 || /^(?:root|0)\b/.test(users.at(-1)?.text ?? '') ? ['it runs as root'] : []),
    ...(inLast('HEALTHCHECK').length === 1 ? [] : ['it has no health check']),
    ...['CMD', 'ENTRYPOINT'].flatMap((name) =>
      of(name)
        .filter(({ text }) => !text.startsWith('['))
        .map(() => `${name} runs a shell, which does not pass signals on`),
    ),
    ...of('ADD').map(({ text }) => `ADD ${text}: use COPY`),
    ...of('RUN')
      .filter(({ text }) => /\bsudo\b|npm (?:i|install)\b|curl .*\|/.test(text))
      .map(({ text }) => `RUN ${text}: not reproducible, or a shell from elsewhere`),
    ...of('WORKDIR')
      .filter(({ text }) => !text.startsWith('/'))
      .map(({ text }) => `WORKDIR ${text}: not absolute`),
    ...[...of('ENV'), ...of('ARG')]
      .filter(({ text }) => /(?:secret|token|password|key)\w*=/i.test(text))
      .map(({ text }) => `ENV ${text}: a secret in an image`),
  ];
}

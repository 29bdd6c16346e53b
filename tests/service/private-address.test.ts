import { describe, expect, it } from 'vitest';
import { isPrivateAddress, isPrivateHost } from '../../src/service/private-address.ts';

const hostOf = (url: string): string => new URL(url).hostname;

describe('hosts of webhooks', () => {
  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://198.18.0.1/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[0:0:0:0:0:ffff:0a00:0001]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[fe80::1]/',
    'https://[fc00::1]/',
    'https://[fd12:3456::1]/',
    'https://[ff02::1]/',
    'https://[2001:db8::1]/',
    'https://[::127.0.0.1]/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://a.localhost/',
    'https://metadata.google.internal/',
    'https://printer.local/',
    'https://intranet/',
    'https://１２７.０.０.１/',
  ])('%s is private', (url) => expect(isPrivateHost(hostOf(url))).toBe(true));

  it.each([
    'https://example.org/',
    'https://hooks.site.org.uk/',
    'https://8.8.8.8/',
    'https://172.15.0.1/',
    'https://172.32.0.1/',
    'https://100.128.0.1/',
    'https://223.255.255.255/',
    'https://[2606:4700::1111]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[64:ff9b::808:808]/',
    'https://localhost.example.org/',
  ])('%s is public', (url) => expect(isPrivateHost(hostOf(url))).toBe(false));
});

describe('addresses that a name leads to', () => {
  it.each(['127.0.0.1', '::1', '::ffff:10.0.0.1', 'fe80::1%eth0', 'nonsense', '', '1.2.3', 'fd00::1'])(
    '%j is private',
    (address) => expect(isPrivateAddress(address)).toBe(true),
  );

  it.each(['93.184.215.14', '2606:4700::1111', '::ffff:93.184.215.14'])('%j is public', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
});

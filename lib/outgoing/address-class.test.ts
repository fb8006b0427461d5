import { expect, it } from 'vitest';
import { classifyAddress } from './address-class';

it.each([
  ['public', '1.1.1.1', '203.0.114.1', '2606:4700::1111', '::ffff:1.1.1.1', '64:ff9b::1.1.1.1', '::101:101'],
  [
    'private',
    '127.0.0.1',
    '127.9.9.9',
    '10.0.0.1',
    '100.64.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.0.2.1',
  ],
  [
    'private',
    '::1',
    'fc00::1',
    'fdff::1',
    'fec0::1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
  ],
  [
    'private',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:10.0.0.1',
    '64:ff9b::10.0.0.1',
    '::127.0.0.1',
  ],
  [
    'never',
    '0.0.0.0',
    '169.254.169.254',
    '100.100.100.200',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    'fe80::1%eth0',
  ],
  ['never', '::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe', 'fd00:ec2::254', 'ff02::1', 'no address', ''],
])('%s: %s, %s, …', (kind, ...addresses) => {
  expect(addresses.map((address) => [address, classifyAddress(address)])).toEqual(
    addresses.map((address) => [address, kind]),
  );
});

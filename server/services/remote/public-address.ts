import { BlockList, isIP, isIPv4 } from 'node:net';

/** Not reachable from everywhere, or not one host: IANA's special-purpose registries (RFC 6890 and its updates), multicast among them. */
const v4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** Of IPv6 only what is given out for the public (RFC 4291: 2000::/3), less what carries an address of IPv4 in itself or is set aside. */
const v6Public = '2000::/3';
const v6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '2620:4f:8000::/48'];

const special = listOf([...v4, ...v6]);
const publicV6 = listOf([v6Public]);

/** Whether an address (not a name) is one of the public internet. IPv4 within IPv6 (`::ffff:10.0.0.1`) is none. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, 'ipv4');
  return isIP(address) === 6 && publicV6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** Whether an address or the name that led to it is among those of the settings: "10.1.0.0/16", "127.0.0.1", "optimade.lab.example". */
export function isAllowedBySettings(host: string, address: string, allowed: readonly string[]): boolean {
  const ranges = allowed.filter((one) => isIP(one.split('/')[0]!) !== 0);
  const kind = isIPv4(address) ? 'ipv4' : 'ipv6';
  return listOf(ranges).check(address, kind) || allowed.some((one) => one.toLowerCase() === host.toLowerCase());
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address, bits] = range.split('/') as [string, string | undefined];
    const kind = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, kind);
    else if (/^\d{1,3}$/.test(bits)) list.addSubnet(address, Number(bits), kind);
  }
  return list;
}

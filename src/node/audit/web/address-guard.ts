import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isPrivateAddress, isPrivateHost } from '../../../service/private-address.ts';
import { FetchFailure } from '../../../audit/web/fetch-failure.ts';

/** Which hosts and addresses may be called. */
export interface AddressGuard {
  /** A host name or literal address as a URL has it. */
  readonly refusesHost: (host: string) => boolean;
  readonly refusesAddress: (address: string) => boolean;
}

export const publicOnly: AddressGuard = { refusesHost: isPrivateHost, refusesAddress: isPrivateAddress };
export const anyAddress: AddressGuard = { refusesHost: () => false, refusesAddress: () => false };

type Found = (error: Error | null, addresses: LookupAddress[]) => void;
/** Looks up all addresses of a name. */
export type Resolve = (hostname: string, options: LookupOptions & { all: true }, found: Found) => void;
type Connect = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * The `lookup` of a socket: the addresses that it hands over are those that are connected to, so that a name which changes
 * between check and connection (DNS rebinding) gains nothing. Literal addresses never come here: `checkHost` sees them.
 */
export function guardedLookup(guard: AddressGuard, resolve: Resolve = systemLookup) {
  return (hostname: string, options: LookupOptions, connect: Connect): void => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return connect(error, []);
      const allowed = addresses.filter(({ address }) => !guard.refusesAddress(address));
      const [first] = allowed;
      if (first === undefined) return connect(privateFailure(hostname), []);
      return options.all === true ? connect(null, allowed) : connect(null, first.address, first.family);
    });
  };
}

/** Throws a FetchFailure for a host that must not be called. */
export function checkHost(guard: AddressGuard, { hostname }: URL): void {
  if (guard.refusesHost(hostname)) throw privateFailure(hostname);
}

function privateFailure(hostname: string): FetchFailure {
  return new FetchFailure('private-address', `${hostname} is not on the public Internet; --allow-private reads it`);
}

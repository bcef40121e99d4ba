import 'server-only';

/**
 * Whether what people send to this address can be read on the way: it is plain http, and leads
 * past this machine. A network of one's own is a way, too.
 */
export function isReadableOnTheWay({ protocol, hostname }: URL): boolean {
  return (
    protocol === 'http:' && !/^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
  );
}

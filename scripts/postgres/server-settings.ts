/*
 * How the embedded server runs, given on its command line so that every start is under the
 * settings of the code that starts it.
 */

/** Arguments for `postgres`, for a cluster's directory and a port on the loopback address. */
export function serverArguments(directory: string, port: number): string[] {
  const settings: Record<string, string> = {
    // Only this machine, only by password: there is no socket file for others to find.
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    // What was opened stays opened, also after a power cut.
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    // Statements and their values never reach a log: a terse FATAL or PANIC line is all there is.
    logging_collector: 'off',
    log_destination: 'stderr',
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_duration_statement: '-1',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    max_connections: '200',
    jit: 'off',
  };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', directory, ...pairs];
}

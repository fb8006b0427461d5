import { createServer } from 'node:net';
import { StartError } from './start-error';

/** @throws StartError  the port is taken or may not be used; `setting` is what to change */
export async function checkPort(host: string, port: number, setting: string): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
  } catch (error) {
    throw new StartError(describeListenError(error as NodeJS.ErrnoException, host, port, setting));
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

export function describeListenError(
  error: NodeJS.ErrnoException,
  host: string,
  port: number,
  setting: string,
): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program. Stop it, or set ${setting} to a free port.`;
  }
  if (error.code === 'EACCES') {
    return `This user may not listen on port ${port}. Set ${setting} to a port above 1023.`;
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return `HOST ${host} is no address of this machine. Set HOST to 127.0.0.1, to 0.0.0.0, or to one that is.`;
  }
  return `Port ${port} cannot be opened on ${host} (${error.code ?? error.message}).`;
}

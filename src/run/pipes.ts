/**
 * Real pipes between a command and us.
 *
 * What Node calls a pipe to a child is a pair of sockets, and a socket cannot be opened by name: `echo x >/dev/stderr` and
 * `| tee /dev/stdout`, which work in every terminal, fail with "No such device or address" (seen with Node 24), and a bash whose
 * standard input is a socket reads `.bashrc`. So the pipes are made by mkfifo(1) in a directory of our own and lose their names
 * at once. They are also read into one buffer each that is used again and again, so that a flood of output leaves no garbage.
 */
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const READ = 64 * 1024;
/** What a pipe holds before it is read (Linux 64 kB, elsewhere at least 16 kB); input is written before the command starts. */
const MOST_INPUT = 16 * 1024;

export interface Reader {
  /** True once all writers have closed it. */
  readonly closed: boolean;
  onClose(listener: () => void): void;
  /** Goes on reading, but no longer keeps the process alive for it. */
  letGo(): void;
  /** Closes our end: a command that writes on is told by SIGPIPE. */
  destroy(): void;
}

/** The ends that go to the child (file descriptors) and the way to our own. */
export interface Pipes {
  stdin: number | 'ignore';
  stdout: number;
  stderr: number;
  /** To be called once the child has been started (or could not be): closes the child's ends here. */
  handedOver(): void;
  /** Starts reading; `take` gets bytes that are only valid during the call. */
  read(take: (stream: 'out' | 'err', bytes: Buffer) => void): Promise<{ out: Reader; err: Reader }>;
}

/**
 * Makes the pipes for one command; `input` is put into its standard input, which ends there.
 * Throws when that is not possible (no temporary directory, no mkfifo, input above 16 kB).
 */
export async function makePipes(input: string | undefined): Promise<Pipes> {
  const { execa } = await import('execa');
  const directory = mkdtempSync(join(tmpdir(), 'hasmit-'));
  const opened: number[] = [];
  try {
    const names = ['out', 'err', ...(input === undefined ? [] : ['in'])].map(name => join(directory, name));
    await execa('mkfifo', ['-m', '600', ...names], { stdio: 'ignore' });
    // The end without O_NONBLOCK is opened second: opening one end alone would wait for the other.
    const open = (name: string, flags: number) => {
      const fd = openSync(join(directory, name), flags);
      opened.push(fd);
      return fd;
    };
    const outRead = open('out', constants.O_RDONLY | constants.O_NONBLOCK);
    const outWrite = open('out', constants.O_WRONLY);
    const errRead = open('err', constants.O_RDONLY | constants.O_NONBLOCK);
    const errWrite = open('err', constants.O_WRONLY);
    let stdin: number | 'ignore' = 'ignore';
    if (input !== undefined) {
      if (Buffer.byteLength(input) > MOST_INPUT) throw new Error(`more than ${MOST_INPUT} bytes of input`);
      stdin = open('in', constants.O_RDONLY | constants.O_NONBLOCK);
      const write = open('in', constants.O_WRONLY);
      writeSync(write, input);
      closeSync(opened.pop()!);
    }
    const childEnds = [outWrite, errWrite, ...(stdin === 'ignore' ? [] : [stdin])];
    return {
      stdin,
      stdout: outWrite,
      stderr: errWrite,
      handedOver() {
        for (const fd of childEnds.splice(0)) closeSync(fd);
      },
      async read(take) {
        const { Socket: NetSocket } = await import('node:net');
        return {
          out: reader(NetSocket, outRead, bytes => take('out', bytes)),
          err: reader(NetSocket, errRead, bytes => take('err', bytes)),
        };
      },
    };
  } catch (error) {
    for (const fd of opened) closeSync(fd);
    throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function reader(NetSocket: typeof Socket, fd: number, take: (bytes: Buffer) => void): Reader {
  const buffer = Buffer.allocUnsafeSlow(READ);
  const socket = new NetSocket({
    fd,
    readable: true,
    writable: false,
    onread: {
      buffer,
      callback(length) {
        take(buffer.subarray(0, length));
        return true;
      },
    },
  });
  return readerOf(socket);
}

/** A reader of any stream that is already flowing. */
export function readerOf(stream: Socket): Reader {
  let closed = false;
  let listener: () => void = () => {};
  // A read error ends the stream like its end does; 'close' follows it.
  stream.on('error', () => {});
  stream.on('close', () => {
    closed = true;
    listener();
  });
  stream.resume();
  return {
    get closed() {
      return closed;
    },
    onClose(next) {
      listener = next;
      if (closed) next();
    },
    letGo: () => void stream.unref(),
    destroy: () => void stream.destroy(),
  };
}

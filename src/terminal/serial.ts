/** Serial consoles: their speed is worth asking for, so that frames are dropped in time instead of piling up in the kernel. */
import { readlinkSync } from 'node:fs';

/** Devices that have a speed worth asking for; pseudo terminals say 38400 whatever is behind them. */
const SERIAL = /^\/dev\/(ttyS|ttyUSB|ttyAMA|ttyACM|hvc|hvsi|xvc|sclp|vty|tty\d+$)/;

/** True when standard input is a serial or hypervisor console. */
export function isSerial(): boolean {
  try {
    return SERIAL.test(readlinkSync('/proc/self/fd/0'));
  } catch {
    return false;
  }
}

// A lock held by at most one set-up at a time, in a file that says who holds it. Plain JavaScript for Node 18.
import * as fs from 'node:fs';

const patience = 15 * 60_000;

/** When a process was started (field 22 of /proc/PID/stat), so that a reused process id is not taken for the old one; "" elsewhere. */
function startOf(pid) {
  try {
    return (
      fs
        .readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[19] ?? ''
    );
  } catch {
    return '';
  }
}

function isAlive({ pid, start }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return startOf(pid) === start;
}

/** Holders as written in the lock; none for a file that is gone or was cut short. */
function holders(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}

/** Takes the lock if it is free: the file appears with its content in it, or not at all. */
function take(file) {
  const fresh = `${file}.${process.pid}`;
  fs.writeFileSync(fresh, JSON.stringify([{ pid: process.pid, start: startOf(process.pid) }]));
  try {
    fs.linkSync(fresh, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    fs.rmSync(fresh, { force: true });
  }
}

/** Removes a lock none of whose holders lives. It is moved aside first, so that of two who see it dead one removes it. */
function removeDead(file) {
  const seen = holders(file);
  if (seen.some(isAlive)) return;
  const aside = `${file}.dead.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  // Somebody may have taken it between the look and the move: then it is put back.
  if (holders(aside).some(isAlive)) {
    try {
      fs.linkSync(aside, file);
    } catch {
      // A third one holds it already; the one whose lock was moved works on beside it, which npm and the build survive.
    }
  }
  fs.rmSync(aside, { force: true });
}

/**
 * Does `work` while holding the lock; waits while another holds it.
 * @param file the lock
 * @param say told once when there is a wait
 * @param work gets {alsoHeldBy(pid)}: a child that goes on working if this process dies keeps the lock alive
 */
export async function withLock(file, say, work) {
  const begin = Date.now();
  let told = false;
  while (!take(file)) {
    removeDead(file);
    if (!told && Date.now() - begin > 500) {
      told = true;
      say('Another start is setting hasmit up; waiting for it ...');
    }
    if (Date.now() - begin > patience)
      throw new Error(`${file} has been held for 15 minutes; remove it if nothing is running`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  const release = () => fs.rmSync(file, { force: true });
  let child;
  const stop = signal => {
    if (child) {
      try {
        process.kill(child, 'SIGTERM');
      } catch {
        // It has ended by itself.
      }
    }
    release();
    process.exit(signal === 'SIGINT' ? 130 : signal === 'SIGHUP' ? 129 : 143);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work({
      alsoHeldBy(pid) {
        child = pid;
        if (pid === undefined) return;
        const both = [process.pid, pid].map(id => ({ pid: id, start: startOf(id) }));
        fs.writeFileSync(`${file}.${process.pid}`, JSON.stringify(both));
        fs.renameSync(`${file}.${process.pid}`, file);
      },
    });
  } finally {
    for (const signal of signals) process.off(signal, stop);
    release();
  }
}

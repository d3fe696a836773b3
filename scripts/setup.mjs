// Everything `npm start` and `npm test` need, done once: packages (with the Node that hasmit runs on) and the build.
// Plain JavaScript with nothing but Node's own modules, for it runs on the machine's Node (18 or newer) before anything
// is installed. Usage: node scripts/setup.mjs WHAT [-- ARGUMENT ...]
//   start   set up and open hasmit           test    set up and run the tests
//   build   set up and build in any case     ready   set up, nothing else
//   built   build if needed, with the packages as they are (tests of a work in progress)
//   NAME    set up and run scripts/NAME.ts (bench, shots)
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './setup-lock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const at = (...names) => join(root, ...names);
const installedStamp = at('node_modules', '.hasmit-installed');
const logFile = at('.setup', 'setup.log');

/** Ends with one sentence for the operator and, where it helps, the end of what a tool said. */
class SetupProblem extends Error {}

/** What the packages are installed from, and for which kind of machine. */
function lockHash() {
  const text = fs.readFileSync(at('package-lock.json'));
  return createHash('sha256').update(text).update(`${process.platform} ${process.arch}`).digest('hex');
}

/** Names, sizes and times of all files a build is made from: a change of any of them is seen without reading it. */
function inputsHash() {
  const hash = createHash('sha256');
  const add = (path, state) => hash.update(`${path} ${state.size} ${state.mtimeMs}\n`);
  const walk = path => {
    for (const entry of fs.readdirSync(at(path), { withFileTypes: true })) {
      const name = `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else add(name, fs.statSync(at(name)));
    }
  };
  for (const directory of ['src', 'menus']) if (fs.existsSync(at(directory))) walk(directory);
  for (const name of fs.readdirSync(at('scripts')).sort()) {
    if (name.startsWith('build')) add(name, fs.statSync(at('scripts', name)));
  }
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json']) add(name, fs.statSync(at(name)));
  return hash.update(process.env.HASMIT_PLAIN_BUILD ?? '').digest('hex');
}

function isInstalled() {
  try {
    return fs.readFileSync(installedStamp, 'utf8') === lockHash();
  } catch {
    return false;
  }
}

function isBuilt(inputs) {
  try {
    const record = JSON.parse(fs.readFileSync(at('dist', 'build.json'), 'utf8'));
    return record.inputs === inputs && record.files.every(name => fs.existsSync(at('dist', name)));
  } catch {
    return false;
  }
}

/** The Node that hasmit runs on: the one among the packages, else the machine's if it is new enough. */
function findNode() {
  const own = at('node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (fs.existsSync(own)) return own;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath;
  throw new SetupProblem(
    `hasmit needs Node 22.12 or newer; ${process.execPath} is Node ${process.versions.node}, and there is no package of Node 24 for ${process.platform} on ${process.arch}`,
  );
}

/** Node before 22.18 runs TypeScript only when it is told to. */
function flagsFor(node) {
  const [major, minor] = (node === process.execPath ? process.versions.node : '24.0').split('.').map(Number);
  const old = major === 22 && minor < 18;
  return old ? ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'] : [];
}

/** Runs a tool with its output in the log; on failure throws with the end of what it said. */
function quietly(what, command, args, lock) {
  return new Promise((resolve, reject) => {
    const log = fs.openSync(logFile, 'w');
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', log, log],
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    lock.alsoHeldBy(child.pid);
    child.on('error', error => reject(new SetupProblem(`${what} did not start: ${error.message}`)));
    child.on('close', (status, signal) => {
      fs.closeSync(log);
      if (status === 0) return resolve();
      const said = fs.readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-25).join('\n');
      reject(
        new SetupProblem(`${said}\n${what} failed (${signal ?? `status ${status}`}); all it said is in ${logFile}`),
      );
    });
  });
}

async function install(lock) {
  say('Installing the packages hasmit needs; this happens once and takes about ten seconds ...');
  fs.rmSync(installedStamp, { force: true });
  const args = ['ci', '--no-audit', '--no-fund', '--no-progress'];
  const npm = process.env.npm_execpath;
  if (npm && /\.[cm]?js$/.test(npm)) await quietly('npm ci', process.execPath, [npm, ...args], lock);
  else await quietly('npm ci', 'npm', args, lock);
  setAsideUnusableNode();
  fs.mkdirSync(at('node_modules'), { recursive: true });
  fs.writeFileSync(installedStamp, lockHash());
}

/** The packaged Node wants glibc. Where it does not run, it is put out of the launcher's sight. */
function setAsideUnusableNode() {
  const own = at('node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (!fs.existsSync(own) || spawnSync(own, ['--version']).status === 0) return;
  fs.renameSync(own, `${own}.unusable`);
}

async function buildProgram(lock, args) {
  say('Building hasmit ...');
  const node = findNode();
  await quietly(
    'The build',
    node,
    [...flagsFor(node), at('scripts', 'build.ts'), `--inputs=${inputsHash()}`, ...args],
    lock,
  );
  const notes = fs.readFileSync(logFile, 'utf8').trim();
  if (notes) say(notes);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Brings packages and build up to date. Does nothing, takes no lock and writes nothing when they are. */
async function makeReady(what, args) {
  const needsBuild = () => what === 'build' || !isBuilt(inputsHash());
  const needsInstall = () => what !== 'built' && !isInstalled();
  if (!needsInstall() && !needsBuild()) return;
  fs.mkdirSync(at('.setup'), { recursive: true });
  await withLock(at('.setup', 'lock'), say, async lock => {
    if (needsInstall()) await install(lock);
    if (needsBuild()) await buildProgram(lock, what === 'build' ? args : []);
  });
}

/** The environment the user had before npm added to it: commands run from hasmit must not see npm's part. */
function usersEnvironment() {
  const env = { ...process.env };
  if (!env.npm_lifecycle_event) return env;
  // npm puts its own default there; it is what programs take without EDITOR, too.
  if (env.EDITOR === 'vi') delete env.EDITOR;
  for (const name of Object.keys(env)) if (name.startsWith('npm_')) delete env[name];
  for (const name of ['NODE', 'INIT_CWD', 'COLOR']) delete env[name];
  const added = /\/node_modules\/\.bin$|\/node-gyp-bin$/;
  env.PATH = (env.PATH ?? '')
    .split(delimiter)
    .filter(directory => !added.test(directory))
    .join(delimiter);
  return env;
}

/** Runs a program in the foreground as if it had been started in our place: its terminal, its signals, its status. */
function become(command, args, options) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  // A terminal sends INT and QUIT to the whole foreground group: the child has had them already.
  for (const signal of ['SIGINT', 'SIGQUIT']) process.on(signal, () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', error => {
    say(`${command} did not start: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (status, signal) => {
    process.exit(signal ? 128 + constants.signals[signal] : status);
  });
}

async function main() {
  const [what = 'ready', ...rest] = process.argv.slice(2);
  const args = rest[0] === '--' ? rest.slice(1) : rest;
  await makeReady(what, args);
  if (['ready', 'build', 'built'].includes(what)) return;
  if (what === 'start') {
    // The user's own directory, for arguments that are paths; npm has changed to the project's.
    become(at('bin', 'hasmit'), args, { cwd: process.env.INIT_CWD ?? process.cwd(), env: usersEnvironment() });
    return;
  }
  const node = findNode();
  become(node, [...flagsFor(node), at('scripts', `${what}.ts`), ...args], { cwd: root, env: usersEnvironment() });
}

try {
  await main();
} catch (error) {
  const denied = error.code === 'EACCES' || error.code === 'EROFS';
  if (denied)
    say(`hasmit cannot be set up by this user: ${error.path} may not be written. Run "npm start" once as its owner.`);
  else if (error instanceof SetupProblem) say(error.message);
  else say(`Set-up failed: ${error.message}`);
  process.exitCode = 1;
}

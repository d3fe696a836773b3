/* dist/hasmit.cjs. The build puts the table of packs in place of PACKS and copies the rest as it stands.
 *
 * Written so that Node 6 parses it: a Node that is too old must be able to say so. The program itself lies in packs
 * (scripts/build-packs.ts), each with V8's code cache beside it where the build could make one. */
'use strict';

const version = process.versions.node.split('.').map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 12)) {
  process.stderr.write(`hasmit needs Node 22.12 or newer; ${process.execPath} is Node ${process.versions.node}\n`);
  process.exitCode = 2;
} else {
  start(PACKS);
}

/** Loads the program. `packOf` tells for every chunk which file it is in. */
function start(packOf) {
  const fs = require('node:fs');
  const vm = require('node:vm');
  const loaded = {};
  const chunks = {};
  const suffix = `.${process.version}-${process.arch}.cache`;

  /* The cache is code: it is taken only if it belongs to the owner of the program and nobody else may write it. */
  function cachedCode(file, owner) {
    let descriptor;
    try {
      descriptor = fs.openSync(file.slice(0, -3) + suffix, 'r');
      const state = fs.fstatSync(descriptor);
      return state.uid === owner && (state.mode & 0o22) === 0 ? fs.readFileSync(descriptor) : undefined;
    } catch (_) {
      return undefined;
    } finally {
      if (descriptor !== undefined) fs.closeSync(descriptor);
    }
  }

  function loadPack(pack) {
    const file = `${__dirname}/${pack}`;
    let source;
    let owner;
    try {
      source = fs.readFileSync(file, 'latin1');
      owner = fs.statSync(file).uid;
    } catch (_) {
      process.stderr.write(`hasmit: ${file} is missing; hasmit was built again meanwhile, start it anew\n`);
      process.exit(1);
    }
    const script = new vm.Script(source, { filename: file, cachedData: cachedCode(file, owner) });
    Object.assign(chunks, script.runInThisContext());
  }

  function load(name) {
    if (loaded[name]) return loaded[name].exports;
    if (!chunks[name]) loadPack(packOf[name]);
    const module = { exports: {} };
    loaded[name] = module;
    const file = `${__dirname}/${packOf[name]}`;
    const url = `file://${encodeURI(file).replace(/[?#]/g, encodeURIComponent)}`;
    chunks[name](module, module.exports, requireFrom, __dirname, file, url);
    return module.exports;
  }

  function requireFrom(name) {
    return name.slice(0, 2) === './' ? load(name.slice(2)) : require(name);
  }

  load('ENTRY');
}

/* dist/hasmit.cjs. The build puts the table of packs in place of PACKS and copies the rest as it stands.
 *
 * Written so that any Node parses it: a Node that is too old must be able to say so. The program itself lies in packs
 * (scripts/build-packs.ts), each with V8's code cache beside it where the build could make one. */
'use strict';

var version = process.versions.node.split('.');
if (+version[0] < 22 || (+version[0] === 22 && +version[1] < 12)) {
  process.stderr.write('hasmit needs Node 22.12 or newer; ' + process.execPath + ' is Node ' + process.versions.node + '\n');
  process.exitCode = 2;
} else {
  start(PACKS);
}

function start(packOf) {
  var fs = require('fs');
  var vm = require('vm');
  var loaded = {};
  var chunks = {};
  var suffix = '.' + process.version + '-' + process.arch + '.cache';

  /* The cache is code: it is taken only from the owner of the program it belongs to, and only if nobody else may write it. */
  function cachedCode(file, owner) {
    var descriptor;
    try {
      descriptor = fs.openSync(file.slice(0, -3) + suffix, 'r');
      var state = fs.fstatSync(descriptor);
      if (state.uid === owner && (state.mode & 18) === 0) return fs.readFileSync(descriptor);
    } catch (error) {
      /* No cache: the pack is compiled as usual. */
    } finally {
      if (descriptor !== undefined) fs.closeSync(descriptor);
    }
    return undefined;
  }

  function loadPack(pack) {
    var file = __dirname + '/' + pack;
    var source;
    var owner;
    try {
      source = fs.readFileSync(file, 'latin1');
      owner = fs.statSync(file).uid;
    } catch (error) {
      process.stderr.write('hasmit: ' + file + ' is missing: hasmit was built again meanwhile; start it anew\n');
      process.exit(1);
    }
    var script = new vm.Script(source, { filename: file, cachedData: cachedCode(file, owner) });
    var parts = script.runInThisContext();
    for (var name in parts) chunks[name] = parts[name];
  }

  function load(name) {
    if (loaded[name]) return loaded[name].exports;
    if (!chunks[name]) loadPack(packOf[name]);
    var module = { exports: {} };
    loaded[name] = module;
    chunks[name](module, module.exports, requireFrom, __dirname, __dirname + '/' + packOf[name]);
    return module.exports;
  }

  function requireFrom(name) {
    return name.slice(0, 2) === './' ? load(name.slice(2)) : require(name);
  }

  load('ENTRY');
}

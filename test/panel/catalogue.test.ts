import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildMenus } from '../../scripts/build-menus.ts';
import {
  type Catalogue,
  type CatalogueOptions,
  catalogueOptions,
  distDirectory,
  openCatalogue,
} from '../../src/panel/catalogue.ts';
import { formatComplaint } from '../../src/panel/complaint.ts';
import { addFiles, directoryWith } from '../helpers/panels.ts';

const sure = 'help: h, evidence: {level: manual, source: m}';
const shippedFiles = {
  'root.yaml': `panels:\n  root: {menu: System Management, help: h, items: [tools, other]}\n`,
  'tools/tools.yaml': `sources:
  tools.list: {run: ls}
panels:
  tools: {menu: Tools, help: h, items: [pick, show], aliases: [toolbox]}
  pick: {selector: Pick, help: h, field: {x: {label: X, source: tools.list, help: h}}, next: change}
  change: {dialog: Change, needs: [x], run: "echo {{x}}", ${sure}}
  show_it: {dialog: Show, run: echo shipped, ${sure}, aliases: [show]}
  other: {text: Other, body: A text with ünïcödé in it}
`,
};

interface Place extends CatalogueOptions {
  base: string;
  user: string;
}

/** A built set of shipped panels and an empty directory for a user's own. */
async function place(): Promise<Place> {
  const base = directoryWith(
    Object.fromEntries(Object.entries(shippedFiles).map(([name, text]) => [`menus/${name}`, text])),
  );
  await buildMenus(join(base, 'menus'), join(base, 'dist'));
  const user = join(base, 'user');
  return {
    base,
    user,
    index: join(base, 'dist/menus.index.json'),
    data: join(base, 'dist/menus.data'),
    directories: [{ path: user }],
    cache: join(base, 'cache/hasmit'),
    uid: process.getuid!(),
  };
}

async function open(options: CatalogueOptions): Promise<Catalogue> {
  const catalogue = await openCatalogue(options);
  onTestFinished(() => catalogue.close());
  return catalogue;
}

function said(catalogue: Catalogue, base: string): string[] {
  return catalogue.complaints.map(complaint => formatComplaint(complaint).replaceAll(`${base}/`, ''));
}

test('shipped panels are there at once, by id and alias, with titles and ways', async () => {
  const catalogue = openCatalogue(await place());
  expect(catalogue).not.toBeInstanceOf(Promise);
  const opened = catalogue as Catalogue;
  onTestFinished(() => opened.close());
  expect(opened.complaints).toEqual([]);
  expect(opened.ids()).toEqual(['root', 'tools', 'pick', 'change', 'show_it', 'other']);
  expect(opened.names()).toContain('toolbox');
  expect(opened.resolve('show')).toBe('show_it');
  expect(opened.panel('toolbox')).toMatchObject({ kind: 'menu', id: 'tools', product: 'tools' });
  expect(opened.panel('other')).toMatchObject({ text: 'A text with ünïcödé in it' });
  expect(opened.title('pick')).toBe('Pick');
  expect(opened.kind('pick')).toBe('selector');
  expect(opened.product('root')).toBe('hasmit');
  expect(opened.parents('change')).toEqual(['pick']);
  expect(opened.reachedFrom('change')).toBe('pick');
  expect(opened.waysTo('change')).toEqual([['root', 'tools', 'pick']]);
  expect(opened.waysTo('show')).toEqual([['root', 'tools']]);
  expect(opened.source('tools.list')).toMatchObject({ run: { source: 'ls' } });
  expect(opened.panels().map(panel => panel.id)).toEqual(opened.ids());
  expect(opened.sources().map(source => source.id)).toEqual(['tools.list']);
});

test('what is not there is not there, whatever its name', async () => {
  const catalogue = await open(await place());
  for (const name of ['nothing', '', 'constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    expect(catalogue.panel(name)).toBeUndefined();
    expect(catalogue.title(name)).toBeUndefined();
    expect(catalogue.resolve(name)).toBeUndefined();
    expect(catalogue.source(name)).toBeUndefined();
    expect(catalogue.parents(name)).toEqual([]);
    expect(catalogue.reachedFrom(name)).toBeUndefined();
  }
});

test("a user's panels join the menus, and replace shipped ones by id", async () => {
  const options = await place();
  addFiles(options.user, {
    'mine.yaml': `menus: {root: [my_tool], toolbox: [my_tool]}
panels:
  my_tool: {dialog: My Tool, run: echo mine, ${sure}}
  show_it: {dialog: Show Mine, run: echo mine, ${sure}}
`,
  });
  const catalogue = await open(options);
  expect(said(catalogue, options.base)).toEqual([]);
  expect(catalogue.panel('root')).toMatchObject({
    items: [{ panel: 'tools' }, { panel: 'other' }, { panel: 'my_tool' }],
  });
  expect(catalogue.waysTo('my_tool')).toEqual([['root'], ['root', 'tools']]);
  expect(catalogue.title('show_it')).toBe('Show Mine');
  // What replaces a panel answers to its aliases.
  expect(catalogue.title('show')).toBe('Show Mine');
  expect(catalogue.product('my_tool')).toBe('local');
  expect(catalogue.ids()).toHaveLength(7);
  expect(catalogue.panels().find(panel => panel.id === 'show_it')?.title).toBe('Show Mine');
});

test('a menu that leads elsewhere now changes the ways to shipped panels', async () => {
  const options = await place();
  addFiles(options.user, { 'root.yaml': 'panels:\n  root: {menu: Mine, help: h, items: [show_it, tools]}\n' });
  const catalogue = await open(options);
  expect(catalogue.waysTo('show_it')).toEqual([['root'], ['root', 'tools']]);
  expect(catalogue.waysTo('other')).toEqual([[]]);
});

test('of several directories the last one wins', async () => {
  const options = await place();
  const first = directoryWith({
    'a.yaml': `panels:\n  x: {dialog: First, run: echo, ${sure}}\n  y: {dialog: Y, run: echo, ${sure}}\n`,
  });
  const second = directoryWith({ 'a.yaml': `panels:\n  x: {dialog: Second, run: echo, ${sure}}\n` });
  const catalogue = await open({ ...options, directories: [{ path: first }, { path: second, required: true }] });
  expect(catalogue.title('x')).toBe('Second');
  expect(catalogue.title('y')).toBe('Y');
});

test('within one directory an id stands once', async () => {
  const options = await place();
  addFiles(options.user, {
    'a.yaml': `menus: {root: [x]}\npanels:\n  x: {dialog: First, run: echo, ${sure}}\n`,
    'b.yaml': `panels:\n\n  x: {dialog: Second, run: echo, ${sure}}\n`,
  });
  const catalogue = await open(options);
  expect(catalogue.title('x')).toBe('First');
  expect(said(catalogue, options.base)).toEqual([
    'user/b.yaml:3:3: x: the panel "x" stands in user/a.yaml, line 3 already; give one of them another name (only another directory may replace it)',
  ]);
});

test('a broken file costs its broken panels and nothing else', async () => {
  const options = await place();
  addFiles(options.user, {
    'a.yaml': `menus: {root: [good, menu, bad_key, bad_hole, nowhere]}
panels:
  good: {dialog: Good, run: echo, ${sure}}
  bad_key: {dialog: Bad, rum: echo, ${sure}}
  bad_hole: {dialog: Bad, run: "echo {{x}}", ${sure}}
  chain: {selector: Chain, help: h, field: {x: {label: X}}, next: bad_hole}
  menu: {menu: Menu, help: h, items: [good, bad_hole, chain, {info: text}, nowhere]}
  show_it: {dialog: Broken Replacement, run: "echo {{y}}", ${sure}}
`,
    'b.yaml': 'panels:\n  z: {dialog: "Z, run: echo}\n',
  });
  const catalogue = await open(options);
  expect(catalogue.title('good')).toBe('Good');
  for (const id of ['bad_key', 'bad_hole', 'chain', 'z', 'nowhere']) expect(catalogue.panel(id)).toBeUndefined();
  expect(catalogue.panel('menu')).toMatchObject({ items: [{ panel: 'good' }, { text: 'text' }] });
  expect(catalogue.panel('root')).toMatchObject({
    items: [{ panel: 'tools' }, { panel: 'other' }, { panel: 'good' }, { panel: 'menu' }],
  });
  // The shipped panel is back where its replacement cannot be used.
  expect(catalogue.title('show_it')).toBe('Show');
  const errors = said(catalogue, options.base).filter(line => !line.includes('warning: '));
  expect(errors).toEqual([
    'user/a.yaml:1:47: root: there is no panel "nowhere"; write the fast path of a panel',
    'user/a.yaml:4:26: bad_key: unknown key "rum"; did you mean "run"?',
    'user/a.yaml:5:38: bad_hole: {{x}} names no field of this dialog; the panel has no fields; write the field, or needs: [x]',
    'user/a.yaml:6:3: chain: left out, because the panel "bad_hole" it leads to is left out',
    'user/a.yaml:7:76: menu: there is no panel "nowhere"; write the fast path of a panel',
    'user/a.yaml:8:52: show_it: {{y}} names no field of this dialog; the panel has no fields; write the field, or needs: [y]',
    'user/b.yaml:3:1: z: a quote that is opened above is not closed; write the closing quote',
  ]);
});

test('a circle that a user makes is cut at the step that closes it', async () => {
  const options = await place();
  addFiles(options.user, {
    'a.yaml': 'menus: {tools: [mine]}\npanels:\n  mine: {menu: M, help: h, items: [tools, show_it]}\n',
  });
  const catalogue = await open(options);
  expect(catalogue.panel('mine')).toMatchObject({ items: [{ panel: 'show_it' }] });
  expect(said(catalogue, options.base)).toEqual([
    'user/a.yaml:3:36: mine: leads in a circle: tools > mine > tools; leave this step out',
  ]);
});

test('the second start reads the cache and no YAML', async () => {
  const options = await place();
  addFiles(options.user, {
    'a.yaml': `menus: {root: [x]}\npanels:\n  x: {dialog: X, run: echo, ${sure}}\n  y: {dialog: Y, run: echo}\n  z: {dialog: Z, rnu: echo, ${sure}}\n`,
  });
  const first = openCatalogue(options);
  expect(first).toBeInstanceOf(Promise);
  const complaints = said(await first, options.base);
  // Mistakes are said at every start; warnings are for hasmit check.
  expect(complaints.length).toBeGreaterThan(0);
  expect(complaints.filter(complaint => / warning: /.test(complaint))).toEqual([]);
  const second = openCatalogue(options);
  expect(second).not.toBeInstanceOf(Promise);
  const catalogue = await open(options);
  expect(catalogue.panel('x')).toMatchObject({ run: { source: 'echo' } });
  expect(catalogue.panel('root')).toMatchObject({ items: [{}, {}, { panel: 'x' }] });
  expect(said(catalogue, options.base)).toEqual(complaints);
});

test.each([
  [
    'a changed file',
    (place: Place) => writeFileSync(join(place.user, 'a.yaml'), `panels:\n  x: {dialog: New, run: echo, ${sure}}\n`),
  ],
  [
    'a file changed in place that got its size and time back',
    (place: Place) => {
      const path = join(place.user, 'a.yaml');
      const { atime, mtime } = statSync(path);
      const text = readFileSync(path, 'utf8').replace('Old', 'New');
      writeFileSync(path, text);
      utimesSync(path, atime, mtime);
    },
  ],
  [
    'a new file',
    (place: Place) => addFiles(place.user, { 'b/b.yml': `panels:\n  x2: {dialog: X2, run: echo, ${sure}}\n` }),
  ],
  ['a file that is gone', (place: Place) => rmSync(join(place.user, 'c.yaml'))],
])('%s makes the cache stale', async (_what, change) => {
  const options = await place();
  addFiles(options.user, {
    'a.yaml': `panels:\n  x: {dialog: Old, run: echo, ${sure}}\n`,
    'c.yaml': `panels:\n  c: {dialog: C, run: echo, ${sure}}\n`,
  });
  await open(options);
  expect(openCatalogue(options)).not.toBeInstanceOf(Promise);
  change(options);
  expect(openCatalogue(options)).toBeInstanceOf(Promise);
});

test('another build of the program reads the files anew', async () => {
  const options = await place();
  addFiles(options.user, { 'a.yaml': `panels:\n  x: {dialog: Old, run: echo, ${sure}}\n` });
  await open(options);
  addFiles(options.base, { 'menus/more.yaml': `menus: {root: [more]}\npanels:\n  more: {text: More, body: b}\n` });
  await buildMenus(join(options.base, 'menus'), join(options.base, 'dist'));
  expect(openCatalogue(options)).toBeInstanceOf(Promise);
});

test('the cache is private, bounded, and a missing one only costs time', async () => {
  const options = await place();
  addFiles(options.user, { 'a.yaml': `panels:\n  x: {dialog: X, run: echo, ${sure}}\n` });
  for (let i = 0; i < 20; i++) {
    utimesSync(join(options.user, 'a.yaml'), i, i);
    expect((await open(options)).title('x')).toBe('X');
  }
  expect(statSync(options.cache!).mode & 0o777).toBe(0o700);
  const names = readdirSync(options.cache!);
  expect(names.length).toBeLessThanOrEqual(16);
  for (const name of names) expect(statSync(join(options.cache!, name)).mode & 0o777).toBe(0o600);
  expect((await open({ ...options, cache: undefined })).title('x')).toBe('X');
  writeFileSync(join(options.base, 'file'), '');
  expect((await open({ ...options, cache: join(options.base, 'file/hasmit') })).title('x')).toBe('X');
});

test.each([
  ['others may enter', (cache: string) => chmodSync(cache, 0o755)],
  [
    'is a link to elsewhere',
    (cache: string) => {
      const elsewhere = `${cache}.real`;
      mkdirSync(elsewhere, { mode: 0o700 });
      for (const name of readdirSync(cache))
        writeFileSync(join(elsewhere, name), readFileSync(join(cache, name)), { mode: 0o600 });
      rmSync(cache, { recursive: true });
      symlinkSync(elsewhere, cache);
    },
  ],
  [
    'holds files that others may write',
    (cache: string) => {
      for (const name of readdirSync(cache)) chmodSync(join(cache, name), 0o666);
    },
  ],
  [
    'was cut off',
    (cache: string) => {
      for (const name of readdirSync(cache))
        writeFileSync(join(cache, name), readFileSync(join(cache, name)).subarray(0, 20));
    },
  ],
  [
    'holds another data file',
    (cache: string) => {
      for (const name of readdirSync(cache)) if (name.endsWith('.data')) writeFileSync(join(cache, name), 'other\n');
    },
  ],
])('a cache that %s is not used', async (_what, spoil) => {
  const options = await place();
  addFiles(options.user, { 'a.yaml': `panels:\n  x: {dialog: X, run: echo, ${sure}}\n` });
  await open(options);
  expect(openCatalogue(options)).not.toBeInstanceOf(Promise);
  spoil(options.cache!);
  expect(openCatalogue(options)).toBeInstanceOf(Promise);
  expect((await open(options)).title('x')).toBe('X');
});

const isRoot = process.getuid!() === 0;

test.each([
  [
    'a file others may write',
    (user: string) => chmodSync(join(user, 'a.yaml'), 0o666),
    'user/a.yaml:1:1: others may write to it (mode 0666), so as root it is not read; write chmod go-w user/a.yaml',
  ],
  [
    'a file of another user',
    (user: string) => chownSync(join(user, 'a.yaml'), 1000, 0),
    'user/a.yaml:1:1: belongs to user 1000, so as root it is not read; write chown root user/a.yaml',
  ],
  [
    'a directory others may write',
    (user: string) => chmodSync(user, 0o1777),
    'user:1:1: others may write to it (mode 1777), so as root it is not read; write chmod go-w user',
  ],
  [
    'a folder the group may write',
    (user: string) => chmodSync(join(user, 'sub'), 0o775),
    'user/sub:1:1: others may write to it (mode 0775), so as root it is not read; write chmod go-w user/sub',
  ],
  [
    'a directory of another user',
    (user: string) => chownSync(user, 1000, 0),
    'user:1:1: belongs to user 1000, so as root it is not read; write chown root user',
  ],
])('as root, %s is refused with the reason', async (_what, loosen, complaint) => {
  if (!isRoot) {
    console.warn(
      'Not root: owners cannot be changed here; what is asked instead is that a plain user may read such files.',
    );
    const options = await place();
    addFiles(options.user, { 'a.yaml': `panels:\n  x: {dialog: X, run: echo, ${sure}}\n` });
    chmodSync(join(options.user, 'a.yaml'), 0o666);
    expect((await open(options)).title('x')).toBe('X');
    return;
  }
  const options = await place();
  addFiles(options.user, {
    'a.yaml': `panels:\n  x: {dialog: X, run: echo, ${sure}}\n`,
    'sub/b.yaml': `panels:\n  y: {dialog: Y, run: echo, ${sure}}\n`,
  });
  loosen(options.user);
  const catalogue = await open(options);
  expect(said(catalogue, options.base).filter(line => !line.includes('warning: '))).toEqual([complaint]);
  expect(catalogue.title('x') === undefined || catalogue.title('y') === undefined).toBe(true);
  // A refusal is said again when nothing has changed and the rest comes from the cache.
  expect(said(await open(options), options.base)).toContain(complaint);
  const plain = await open({ ...options, uid: 1000, cache: undefined });
  expect(plain.title('x')).toBe('X');
});

test('a link is judged by the file it leads to', async () => {
  if (!isRoot) {
    console.warn('Not root: the rule holds for root only.');
    expect(isRoot).toBe(false);
    return;
  }
  const options = await place();
  const other = directoryWith({ 'a.yaml': `panels:\n  x: {dialog: X, run: echo, ${sure}}\n` });
  chmodSync(join(other, 'a.yaml'), 0o646);
  mkdirSync(options.user);
  symlinkSync(join(other, 'a.yaml'), join(options.user, 'link.yaml'));
  symlinkSync(join(other, 'nothing'), join(options.user, 'dead.yaml'));
  symlinkSync(options.user, join(options.user, 'circle'));
  const catalogue = await open(options);
  expect(catalogue.panel('x')).toBeUndefined();
  const complaints = said(catalogue, options.base);
  expect(complaints).toContainEqual('user/dead.yaml:1:1: this is a symbolic link to nothing; remove it');
  expect(complaints.filter(line => line.includes('mode 0646')).length).toBeGreaterThan(0);
});

test('things that are no panel files are passed over, and a pipe does not hold the start', async () => {
  const options = await place();
  addFiles(options.user, {
    README: 'text',
    '.hidden.yaml': 'panels: [',
    'a.yaml~': 'panels: [',
    'a.yaml.bak': 'panels: [',
    '.git/x.yaml': 'panels: [',
  });
  const { execFileSync } = await import('node:child_process');
  execFileSync('mkfifo', [join(options.user, 'pipe.yaml')]);
  const catalogue = await open(options);
  expect(said(catalogue, options.base)).toEqual(['user/pipe.yaml:1:1: this is no plain file; it is not read']);
});

test('a directory that was named must be there, the others may be missing', async () => {
  const options = await place();
  const catalogue = await open({
    ...options,
    directories: [{ path: '/nonexistent/a' }, { path: '/nonexistent/b', required: true }],
  });
  expect(said(catalogue, options.base)).toEqual(['/nonexistent/b:1:1: there is no such file or directory']);
});

test('without its compiled panels the program still opens, and says why there are none', async () => {
  const options = await place();
  addFiles(options.user, { 'a.yaml': `panels:\n  x: {dialog: X, run: echo, ${sure}}\n` });
  rmSync(options.index);
  const catalogue = await open(options);
  expect(catalogue.title('x')).toBe('X');
  expect(said(catalogue, options.base)[0]).toBe(
    'dist/menus.index.json:1:1: the shipped panels cannot be used: dist/menus.index.json cannot be read (ENOENT); build or install hasmit again',
  );
});

test('an index and data of two different builds are not mixed', async () => {
  const options = await place();
  writeFileSync(options.data, `other${readFileSync(options.data, 'utf8')}`);
  const catalogue = await open(options);
  expect(catalogue.ids()).toEqual([]);
  expect(said(catalogue, options.base)[0]).toContain('dist/menus.data does not belong to dist/menus.index.json');
});

test('an update of the files does not disturb a session that is open', async () => {
  const options = await place();
  const catalogue = await open(options);
  addFiles(options.base, { 'menus/aaa.yaml': `menus: {root: [aaa]}\npanels:\n  aaa: {text: First of All, body: b}\n` });
  await buildMenus(join(options.base, 'menus'), join(options.base, 'dist'));
  expect(catalogue.panel('change')).toMatchObject({ title: 'Change', needs: ['x'] });
});

test('two thousand panels come from the cache in a moment', async () => {
  const options = await place();
  const files: Record<string, string> = {};
  for (let file = 0; file < 50; file++) {
    const ids = Array.from({ length: 40 }, (_, i) => `u_${file}_${i}`);
    const panels = ids.map(
      id =>
        `  ${id}: {dialog: Dialog ${id}, run: "echo {{x}}", fields: {x: {label: X, type: integer, min: 1}}, ${sure}}`,
    );
    files[`f${file}.yaml`] = [
      `menus: {root: [m_${file}]}`,
      'panels:',
      ...panels,
      `  m_${file}: {menu: M ${file}, help: h, items: [${ids.join(', ')}]}`,
    ].join('\n');
  }
  addFiles(options.user, files);
  expect((await open(options)).complaints).toEqual([]);
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    const catalogue = openCatalogue(options);
    expect(catalogue).not.toBeInstanceOf(Promise);
    const opened = catalogue as Catalogue;
    expect(opened.panel('root')).toMatchObject({ kind: 'menu' });
    expect(opened.title('u_49_39')).toBe('Dialog u_49_39');
    times.push(performance.now() - start);
    expect(opened.ids()).toHaveLength(2056);
    expect(opened.waysTo('u_3_3')).toEqual([['root', 'm_3']]);
    opened.close();
  }
  // Some 2 ms; the bound leaves room for a machine that does other things.
  expect(Math.min(...times)).toBeLessThan(25);
});

test('the search path is that of the XDG rules', () => {
  const options = catalogueOptions({ HOME: '/home/u' }, 1000, '/d', ['/o']);
  expect(options).toEqual({
    index: '/d/menus.index.json',
    data: '/d/menus.data',
    directories: [
      { path: '/etc/hasmit/menus.d' },
      { path: '/home/u/.config/hasmit/menus' },
      { path: '/o', required: true },
    ],
    cache: '/home/u/.cache/hasmit',
    uid: 1000,
  });
  const xdg = catalogueOptions({ HOME: '/home/u', XDG_CONFIG_HOME: '/c', XDG_CACHE_HOME: 'relative' }, 1000, '/d');
  expect(xdg.directories[1]).toEqual({ path: '/c/hasmit/menus' });
  expect(xdg.cache).toBe('/home/u/.cache/hasmit');
  expect(catalogueOptions({}, 1000, '/d')).toMatchObject({ directories: [{ path: '/etc/hasmit/menus.d' }] });
});

test('the compiled panels are found from the sources and from the built program', () => {
  expect(distDirectory('/x/src/panel')).toBe('/x/dist');
  expect(distDirectory('/x/src/cli')).toBe('/x/dist');
  expect(distDirectory('/x/src')).toBe('/x/dist');
  expect(distDirectory('/opt/hasmit/dist')).toBe('/opt/hasmit/dist');
  expect(distDirectory('/home/u/src/dist')).toBe('/home/u/src/dist');
});

test('a build with an error writes nothing and says everything', async () => {
  const base = directoryWith({
    'menus/a.yaml': 'panels:\n  root: {menu: R, help: h, items: [b]}\n  c: {dialog: C, run: echo, help: h}\n',
  });
  await expect(buildMenus(join(base, 'menus'), join(base, 'dist'))).rejects.toThrow(
    [
      'menus/a.yaml:2:36: root: there is no panel "b"; write the fast path of a panel',
      'menus/a.yaml:3:3: c: warning: no menu leads here; add it to the items of a menu, or write menus: {root: [c]}',
      'menus/a.yaml:3:3: c: says no evidence, so it counts as unverified; write evidence: {level: manual, source: "where the command is described"}',
      '2 errors, 1 warning',
    ].join('\n'),
  );
  expect(existsSync(join(base, 'dist'))).toBe(false);
});

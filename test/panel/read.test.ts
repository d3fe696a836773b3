import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPanelFile } from '../../src/panel/read.ts';
import { complaintsOf, fieldsOf, panelsOf } from '../helpers/panels.ts';

const good = readFileSync(join(import.meta.dirname, '../fixtures/panels/good-all-keys.yaml'), 'utf8');

function dialogWith(field: string): string {
  return `panels:\n  a:\n    dialog: A\n    fields:\n      x: ${field}\n    run: echo {{x}}\n`;
}

test('every key of a file arrives in the compiled panel', () => {
  const file = readPanelFile('demo.yaml', good, 'folder');
  expect(file.complaints).toEqual([]);
  expect(file.sources[0]).toMatchObject({
    id: 'demo.nodes',
    format: 'colon',
    value: '1',
    shown: ['1', '2'],
    title: 'Nodes',
    emptyStatus: [1],
    timeout: 10,
    path: ['/opt/demo/bin'],
    as: { source: 'demo' },
  });
  const panels = Object.fromEntries(file.panels.map(panel => [panel.id, panel]));
  expect(panels.root).toMatchObject({
    kind: 'menu',
    product: 'demo',
    items: [{ panel: 'demo' }, { text: '' }, { text: 'More' }, { panel: 'demo_text', text: 'Facts' }],
  });
  expect(panels.demo).toMatchObject({
    kind: 'selector',
    aliases: ['old_demo'],
    field: { name: 'node', type: 'name', source: 'demo.nodes', required: true },
    next: { by: { source: 'kind {{node}}' }, map: { big: 'demo_big', '*': 'demo_small' } },
  });
  expect(panels.demo_big).toMatchObject({
    kind: 'dialog',
    needs: ['node'],
    mode: 'pipe',
    timeout: 300,
    failIf: ['^Error:', 'oops'],
    statusHelp: { '3': 'it is not there', '111': 'the daemon does not answer' },
    path: ['/opt/demo/bin'],
    supports: ['Demo 1'],
    notes: ['one note'],
    smitty: 'chnode',
    ours: true,
    evidence: { level: 'seed', source: 's' },
    verify: { status: 0, pattern: 'ok', retry: 3, every: 2 },
    discover: { format: 'stanza', map: { size: 'size' }, translate: { size: { big: '9' } } },
    checks: [{ expression: 'size < 9 || given.dir', message: 'm', field: 'size' }],
    computed: [{ label: 'Twice', expression: 'size * 2', unit: 'MB', after: 'size' }],
    confirm: { level: 'type', object: { source: '{{node}}' }, effect: { source: '{{node}} changes' } },
    target: { parts: [{ field: 'node' }] },
    as: { source: 'demo' },
    preview: { source: 'chnode -t {{node}}' },
  });
  expect(panels.demo_small).toMatchObject({
    edits: [
      { verb: 'ensure_line', args: { file: { source: '/etc/hosts' } }, when: 'given.ip' },
      { verb: 'remove_line', args: { match: { source: 'x' } } },
    ],
  });
  expect(panels.demo_text).toMatchObject({ kind: 'text', text: 'One.\n\nTwo.\n', links: ['demo'] });
});

test('a compiled panel is plain JSON', () => {
  const { panels, sources } = readPanelFile('demo.yaml', good, 'folder');
  expect(JSON.parse(JSON.stringify({ panels, sources }))).toEqual({ panels, sources });
});

test('words and numbers that YAML takes for something else stay what was written', () => {
  const { x } = fieldsOf(dialogWith('{label: X, values: [no, on, 010, 1e3, 2024-01-01, 0x1f, true], default: 010}'));
  expect(x!.values!.map(choice => choice.shown)).toEqual(['no', 'on', '010', '1e3', '2024-01-01', '0x1f', 'true']);
  expect(x!.default).toBe('010');
});

test('values that are numbers stay in the order of the file', () => {
  const { x } = fieldsOf(dialogWith('{label: X, values: {20: a, 3: b, 100: c, off: d}}'));
  expect(x!.values).toEqual([
    { shown: '20', sent: 'a' },
    { shown: '3', sent: 'b' },
    { shown: '100', sent: 'c' },
    { shown: 'off', sent: 'd' },
  ]);
});

test('flags are understood in the words people write', () => {
  const { x } = fieldsOf(dialogWith('{label: X, required: yes, free: off, values: [a], multiple: TRUE}'));
  expect(x).toMatchObject({ required: true, free: false, multiple: true });
});

test('times are seconds whatever their unit', () => {
  for (const [time, seconds] of [
    ['30', 30],
    ['45s', 45],
    ['5m', 300],
    ['1h', 3600],
  ] as const) {
    const panels = panelsOf(`panels:\n  a: {dialog: A, run: echo, timeout: ${time}}\n`);
    expect(panels[0]).toMatchObject({ timeout: seconds });
  }
});

test('a field without a type is a text, with values a choice, and takes its name for a label', () => {
  expect(fieldsOf(dialogWith('{}')).x).toMatchObject({ type: 'text', label: 'x' });
  expect(fieldsOf(dialogWith('{values: [a]}')).x).toMatchObject({ type: 'choice' });
  expect(fieldsOf(dialogWith('{type: info}')).x).toMatchObject({ type: 'info', label: '' });
});

test('the default of a yes/no field may be written as a YAML truth', () => {
  expect(fieldsOf(dialogWith('{type: yesno, default: true}')).x!.default).toBe('yes');
  expect(fieldsOf(dialogWith('{type: yesno, default: Off}')).x!.default).toBe('no');
});

test('a broken panel is left out and the others stay', () => {
  const text = 'panels:\n  a: {menu: A, items: []}\n  b: {menu: B, itmes: []}\n  c: {menu: C, items: []}\n';
  const file = readPanelFile('F', text, 'p');
  expect(file.panels.map(panel => panel.id)).toEqual(['a', 'c']);
  expect(file.broken).toEqual(['b']);
});

test('panels before a mistake of syntax stay, those it may have touched go', () => {
  const text = 'panels:\n  a: {menu: A, items: []}\n  b: {menu: B, items: [}\n  c: {menu: C, items: []}\n';
  const file = readPanelFile('F', text, 'p');
  expect(file.panels.map(panel => panel.id)).toEqual(['a']);
  expect(file.complaints.length).toBeGreaterThan(0);
});

test('a panel that stands twice is there once, as it was first', () => {
  const text = 'panels:\n  a: {menu: First, items: []}\n  b: {menu: B, items: []}\n  a: {menu: Second, items: []}\n';
  expect(readPanelFile('F', text, 'p').panels.map(panel => panel.title)).toEqual(['First', 'B']);
});

test('a byte order mark and DOS line ends do no harm', () => {
  const file = readPanelFile('F', `\ufeff${good.replaceAll('\n', '\r\n')}`, 'p');
  expect(file.complaints).toEqual([]);
  expect(file.panels).toHaveLength(5);
});

test.each([
  ['NUL bytes', Buffer.from('panels:\n  a\0b: x\n'), 'F:2:4', 'a NUL byte stands here; the file is not a text'],
  [
    'another encoding',
    Buffer.from('panels:\n  a: {menu: Gr\xfc\xdfe, items: []}\n', 'latin1'),
    'F:2:15',
    'the byte 0xfc is not UTF-8; save the file as UTF-8',
  ],
  [
    'half a character at its end',
    Buffer.from('a: "\ufffd"\nb: \u00e9').subarray(0, -1),
    'F:2:4',
    'the byte 0xc3 is not UTF-8; save the file as UTF-8',
  ],
  ['UTF-16', Buffer.from('\ufeffpanels:\n', 'utf16le'), 'F:1:1', 'the file is in UTF-16; save it as UTF-8'],
  [
    'five megabytes and a byte',
    Buffer.alloc(5 * 1024 * 1024 + 1, 0x20),
    'F:1:1',
    'the file has 5242881 bytes; a panel file may have 5242880, spread the panels over several files',
  ],
])('a file with %s is refused with the reason', (_what, bytes, at, message) => {
  const [complaint, ...others] = readPanelFile('F', bytes, 'p').complaints;
  expect(others).toEqual([]);
  expect(complaint).toMatchObject({ message, level: 'error' });
  expect(`F:${complaint!.place.line}:${complaint!.place.column}`).toBe(at);
});

test('an empty file is worth a warning only', () => {
  for (const text of ['', '# nothing\n', '---\n', '{}']) {
    expect(readPanelFile('F', text, 'p').complaints).toMatchObject([{ level: 'warning', place: { line: 1 } }]);
  }
});

test('aliases that multiply are refused in no time', () => {
  const levels = Array.from(
    { length: 12 },
    (_, i) =>
      `x${i}: &a${i} [${Array(12)
        .fill(i === 0 ? 'lol' : `*a${i - 1}`)
        .join(', ')}]`,
  );
  const started = performance.now();
  const { complaints } = readPanelFile('F', levels.join('\n'), 'p');
  expect(complaints.map(complaint => complaint.message)).toContain(
    'aliases (*name) repeat too much; write the values out',
  );
  expect(performance.now() - started).toBeLessThan(2000);
});

test('brackets without end are refused, not followed', () => {
  for (const text of ['['.repeat(100000), `a: ${'{b: '.repeat(100)}x${'}'.repeat(100)}`, '- '.repeat(50000)]) {
    const { complaints } = readPanelFile('F', text, 'p');
    expect(complaints.length).toBeGreaterThan(0);
    expect(complaints.length).toBeLessThan(200);
  }
});

test('a file of mistakes gets a bounded number of complaints about its syntax', () => {
  const { complaints } = readPanelFile('F', 'a: b: c\n'.repeat(2000), 'p');
  expect(complaints.length).toBeGreaterThan(0);
  expect(complaints.length).toBeLessThanOrEqual(25);
});

test('a file with a thousand wrong panels says when it stops, and leaves all of them out', () => {
  const wrong = Array.from({ length: 1000 }, (_, i) => `  p${i}: {menu: M, itmes: []}`);
  const { complaints, panels, broken } = readPanelFile('F', `panels:\n${wrong.join('\n')}\n`, 'p');
  expect(complaints).toHaveLength(501);
  expect(complaints.at(-1)!.message).toBe('there is more wrong in this file; mend what is above first');
  expect([panels.length, broken.length]).toEqual([0, 1000]);
});

test('names that mean something to JavaScript are names like any other, or refused', () => {
  const text = 'panels:\n  constructor: {menu: A, items: [toString]}\n  __proto__: {menu: B, items: []}\n';
  const messages = complaintsOf(text).map(complaint => complaint.message);
  expect(messages).toContain('"__proto__" cannot be a key');
  expect(messages).toContain('there is no panel "toString"; write the fast path of a panel');
  const { x } = fieldsOf(dialogWith('{values: {constructor: a, valueOf: b}}'));
  expect(x!.values!.map(choice => choice.sent)).toEqual(['a', 'b']);
});

/** Pieces of which YAML-like noise is made. */
const pieces = [
  'panels:',
  'sources:',
  'menus:',
  '\n',
  '\n  ',
  '\n    ',
  '\n      ',
  '- ',
  ': ',
  ':',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  "'",
  '|',
  '>',
  '&a',
  '*a',
  '!x',
  '#',
  '\t',
  '{{x}}',
  '{{',
  '}}',
  'menu: A',
  'dialog: B',
  'items',
  'fields',
  'run: echo',
  'next',
  'null',
  '~',
  '?',
  '%',
  '@',
  '---',
  '<<',
  '\0',
  '\ufeff',
  'é',
  '\u{1f600}',
  '\\',
  '\r',
  '$(',
  '`',
  'when: x >',
  'type: choice',
  'a',
  '1',
  'x y',
];

test('noise never throws, and every complaint has a place', () => {
  const noise = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map(parts => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(noise, fc.string({ unit: 'binary', maxLength: 200 })), text => {
      for (const { place, message } of complaintsOf(text)) {
        expect(place.line).toBeGreaterThan(0);
        expect(place.column).toBeGreaterThan(0);
        expect(message.length).toBeGreaterThan(5);
      }
    }),
    { numRuns: 3000 },
  );
});

test('bytes of any kind never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      const { panels, complaints } = readPanelFile('F', bytes, 'p');
      expect(panels.length + complaints.length).toBeGreaterThan(0);
    }),
    { numRuns: 1000 },
  );
});

test('good files with a stretch changed, doubled or taken out never throw', () => {
  const change = fc.record({
    at: fc.nat(good.length),
    length: fc.nat(30),
    put: fc.oneof(fc.constantFrom(...pieces), fc.constant('')),
    double: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), changes => {
      let text = good;
      for (const { at, length, put, double } of changes) {
        text = text.slice(0, at) + (double ? text.slice(at, at + length) : put) + text.slice(double ? at : at + length);
      }
      const lines = text.split('\n').length;
      for (const { place } of complaintsOf(text)) expect(place.line).toBeLessThanOrEqual(lines);
    }),
    { numRuns: 1000 },
  );
}, 60_000);

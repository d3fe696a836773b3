/** The schema of a dialog's own keys, and of sources. Heavy (zod): loaded with schema.ts only. */
import * as z from 'zod';
import { fieldsSchema } from './schema-field.ts';
import {
  about,
  duration,
  fieldName,
  flag,
  line,
  oneOrMany,
  pattern,
  scalar,
  template,
  text,
  whole,
  word,
} from './schema-parts.ts';

/** How many columns a line has: `7`, `7-13`, `heading`. */
const columns = () =>
  z
    .string()
    .regex(/^(heading|[1-9]\d{0,2}(-[1-9]\d{0,2})?)$/, {
      error: 'wants a number of columns such as 7, from-to such as 7-13, or the word heading',
    })
    .meta({ type: ['integer', 'string'] });

const formatNames = ['lines', 'table', 'colon', 'pairs', 'stanza', 'smit', 'json', 'pattern'] as const;

/** How the output of a list or discover command becomes rows (types.ts says what each name means). */
const formatKeys = {
  format: about(word(formatNames), 'How the output is laid out; lines when nothing is said', 'colon').optional(),
  separator: about(
    z.string().min(1).max(10),
    'For colon: what stands between the columns, when it is not a colon',
    '|',
  ).optional(),
  heading: about(whole(0, 100), 'Lines at the top that are headings', 1).optional(),
  columns: about(
    columns(),
    'For table and colon: how many columns a line has, a number, from-to, or heading; a line with others makes the list fail',
    '7-13',
  ).optional(),
  pattern: about(
    pattern(),
    'For format pattern: regular expression with named groups, tried on every line',
    '^(?<value>\\S+)',
  ).optional(),
  strict: about(flag(), 'For format pattern: a line that does not match makes the list fail', true).optional(),
  at: about(line(), 'For json: dotted way to the array', 'result.nodes').optional(),
};

const statuses = z.union([whole(1, 255), z.array(whole(1, 255))], {
  error: 'wants an exit status from 1 to 255, or a list of them',
});

/** What a status of the product's own means: of a dialog, or of everything in a file. */
export const statusHelp = z.record(
  z.string().regex(/^([1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/, {
    error: 'is no exit status; write a number from 1 to 255, then the sentence',
  }),
  line(),
);

export const sourceSchema = z.strictObject({
  run: about(template(), 'The list command, read-only', '/usr/sbin/cluster/utilities/cllsnode -c'),
  ...formatKeys,
  value: about(
    scalar(),
    'Column of the value: a number from 1, or the name of a key, group or heading; the whole line when nothing is said',
    1,
  ).optional(),
  shown: about(oneOrMany(scalar()), 'Columns shown; the whole line when nothing is said', ['1', '3']).optional(),
  title: about(line(), 'Heading line of the list', 'Name      State').optional(),
  path: about(oneOrMany(line()), 'Directories added to PATH for this command', ['/usr/sbin']).optional(),
  empty_status: about(statuses, 'Exit statuses that mean an empty list instead of a failure', [1]).optional(),
  timeout: about(duration(), 'Longest time', '30s').optional(),
  target: about(template(), 'Host the command runs on', '{{node}}').optional(),
  as: about(template(), 'User the command runs as', 'postgres').optional(),
});

const discover = z.strictObject({
  run: about(template(), 'Command that tells the current values, read-only', 'odmget -q name={{node}} HACMPnode'),
  ...formatKeys,
  map: about(z.record(fieldName(), scalar()), 'Field: the record key (or column number) that fills it', {
    debug: 'value',
  }),
  translate: about(
    z.record(fieldName(), z.record(z.string(), scalar())),
    'Field: what the record holds, to what the field shows',
    {
      debug: { '1': 'high' },
    },
  ).optional(),
  timeout: about(duration(), 'Longest time', '30s').optional(),
});

const check = z.strictObject({
  expression: about(line(), 'Expression over the fields that must be true', 'low < high'),
  message: about(line(), 'What to say when it is not', 'The low value must be below the high one.'),
  field: about(fieldName(), 'Field the cursor goes to', 'low').optional(),
});

const computed = z.strictObject({
  label: about(line(), 'Text at the left', 'Failure detection time'),
  expression: about(line(), 'Expression over the fields', 'interval * fibrillate * 2'),
  unit: about(line(), 'What stands behind the value', 'seconds').optional(),
  after: about(
    fieldName(),
    'Field the line stands below; the end of the form when nothing is said',
    'fibrillate',
  ).optional(),
});

const confirm = z.strictObject({
  level: about(
    word(['ask', 'type'] as const),
    'ask: Enter once more; type: the name of the object must be typed',
    'ask',
  ),
  object: about(
    template(),
    'The object, with placeholders; what must be typed for type',
    '{{address}} on {{interface}}',
  ).optional(),
  effect: about(
    template(),
    'What happens to it, in words; may hold placeholders',
    'The address answers on this host at once.',
  ),
});

const verify = z.strictObject({
  run: about(template(), 'Command that looks whether it worked, read-only', 'ping -c 1 {{address}}'),
  status: about(whole(0, 255), 'Exit status that means it worked; 0 when nothing is said', 0).optional(),
  pattern: about(pattern(), 'Regular expression that the output must match', 'active').optional(),
  retry: about(whole(1, 1000), 'How often it is tried', 5).optional(),
  every: about(duration(), 'Time between two tries', '2s').optional(),
});

/** Arguments of the file-edit verbs (design.md 4.3): those that must be there, and those that may. */
export const editArguments: Record<string, { must: readonly string[]; may: readonly string[] }> = {
  ensure_line: { must: ['file', 'line'], may: ['after', 'before', 'first', 'create'] },
  append_block: { must: ['file', 'block'], may: ['unless', 'create'] },
  replace_line: { must: ['file', 'match', 'line'], may: [] },
  comment_line: { must: ['file', 'match'], may: ['comment'] },
  remove_line: { must: ['file'], may: ['line', 'match'] },
  crontab_entry: { must: ['user', 'action'], may: ['entry', 'match'] },
  services_entry: { must: ['name', 'port', 'protocol'], may: ['file'] },
};

const argument = about(scalar(), 'A text, may hold placeholders');

const editSchemas = Object.entries(editArguments).map(([verb, { must, may }]) =>
  z.strictObject({
    [verb]: z.strictObject({
      ...Object.fromEntries(must.map(name => [name, argument])),
      ...Object.fromEntries(may.map(name => [name, argument.optional()])),
    }),
    when: about(line(), 'Expression; while it is false the edit is left out', 'os == "linux"').optional(),
  }),
);

const edit = z.union(editSchemas, {
  error: `wants one file edit, for example {ensure_line: {file: /etc/hosts, line: "{{ip}} {{name}}"}}; the edits are ${Object.keys(editArguments).join(', ')}`,
});

const evidence = z.strictObject({
  level: about(
    word(['seed', 'manual', 'later', 'unverified'] as const),
    'seed: the source documents; manual: a page for this release; later: a later release; unverified',
    'manual',
  ),
  source: about(line(), 'Where it stands', 'ip-address(8)'),
});

/** The keys that only a dialog has, beside those every panel has. */
export const dialogKeys = {
  needs: about(oneOrMany(fieldName()), 'Values that a selector before this panel must bring along', [
    'node',
  ]).optional(),
  fields: about(fieldsSchema, 'The lines of the form, in order: name and what it is').optional(),
  discover: about(discover, 'A command that fills the form with the current values').optional(),
  run: about(
    template(),
    'The command, as POSIX shell text with {{placeholders}}',
    'ip address add {{address}}/{{prefix}} dev {{interface}}',
  ).optional(),
  edits: about(z.array(edit).min(1), 'File edits in place of run').optional(),
  checks: about(z.array(check), 'What must hold between several fields').optional(),
  computed: about(z.array(computed), 'Lines that show what follows from other fields').optional(),
  confirm: about(confirm, 'The question before the command runs').optional(),
  mode: about(
    word(['pipe', 'interactive'] as const),
    'interactive: the command gets the terminal (vi, passwd)',
    'interactive',
  ).optional(),
  target: about(
    template(),
    'Host the command runs on: a name or {{field}}; this host when nothing is said',
    '{{standby}}',
  ).optional(),
  as: about(template(), 'User the command runs as', 'postgres').optional(),
  path: about(oneOrMany(line()), 'Directories added to PATH', ['/opt/xcat/bin']).optional(),
  preview: about(template(), 'A read-only command that tells what would happen', 'cmhaltnode -t {{node}}').optional(),
  verify: about(verify, 'A look afterwards whether it worked').optional(),
  fail_if: about(oneOrMany(pattern()), 'Regular expressions: a line of output that matches makes status 0 a failure', [
    '^Error:',
  ]).optional(),
  status_help: about(statusHelp, 'Exit statuses of its own, and the sentence that is said with each', {
    '111': 'xcatd does not answer; start it with restartxcatd',
  }).optional(),
  timeout: about(duration(), 'Longest time', '5m').optional(),
  supports: about(oneOrMany(line()), 'Releases and systems this is right for', ['Linux with iproute2']).optional(),
  notes: about(
    oneOrMany(text()),
    'What an operator should know, and what was changed against the source and why',
  ).optional(),
  evidence: about(evidence, 'How sure we are of the command').optional(),
};

/**
 * What a panel is once its file has been read and checked (design.md section 2 and 4).
 *
 * Everything here is plain JSON: shipped panels are compiled at build time into these shapes, and a panel of a user's own
 * file is turned into the same shapes when it is read. Nobody after the reader sees YAML.
 */

/** A panel's stable id, which is also its name on the command line: `cm_run_time.select`. */
export type FastPath = string;

/** Where something stands in a panel file. Lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** How sure we are of a command. `seed`: the source documents; `manual`: a vendor's page for this release; `later`: a later release. */
export type EvidenceLevel = 'seed' | 'manual' | 'later' | 'unverified';

export interface Evidence {
  level: EvidenceLevel;
  source: string;
}

/** One `{{...}}` of a template. `start` and `end` are offsets in the template's source text. */
export interface Hole {
  /** The field whose value goes here. */
  field: string;
  /**
   * `word` exactly one word; `many` one word for each item; `joined` one word, items joined by `joiner`;
   * `literal` the text in `literal` when the field is yes.
   */
  form: 'word' | 'many' | 'joined' | 'literal';
  /** Option written before the value (`-n`, `--name`), absent together with an empty value. */
  flag?: string;
  /** The flag and the value are one word: `-nVALUE`, `--name=VALUE`. */
  glued?: boolean;
  joiner?: ',' | ':' | ' ';
  literal?: string;
  start: number;
  end: number;
}

/** A command template, parsed. The parts in order make up `source`. */
export interface Template {
  source: string;
  parts: Array<string | Hole>;
}

export type FieldType =
  | 'text'
  | 'integer'
  | 'hex'
  | 'name'
  | 'host'
  | 'ip'
  | 'netmask'
  | 'path'
  | 'choice'
  | 'yesno'
  | 'noderange'
  | 'secret'
  /** A heading or a blank line between fields: a label and nothing else. */
  | 'info';

/** One entry of a ring or a list: what is shown and what the command gets. */
export interface Choice {
  shown: string;
  sent: string;
}

/** `{site: virtual_ip}` takes the default from the site's own values. */
export type DefaultValue = string | string[] | { site: string };

export interface Field {
  name: string;
  /** May begin with blanks: SMIT indents options that belong to the one above. */
  label: string;
  type: FieldType;
  min?: number;
  max?: number;
  /** For `text`, `name`, `host` and `path`: a regular expression the whole value must match. */
  pattern?: string;
  /** What the pattern wants, in words, for the message. */
  patternHelp?: string;
  /** For `path`. */
  kind?: 'file' | 'dir';
  /** Longest value, in characters. */
  length?: number;
  values?: Choice[];
  /** Name of a source, for F4. */
  source?: string;
  /** The list is only a proposal. Without it a value outside the list is refused. */
  free?: boolean;
  multiple?: boolean;
  /** With `multiple`: the order of choosing is the order of the values (node priority), not the list's. */
  ordered?: boolean;
  required?: boolean;
  default?: DefaultValue;
  /** Shown, not typed. */
  show?: boolean;
  /** Expression: when false the field is absent and is not sent. */
  when?: string;
  send?: 'changed' | 'always' | 'nonempty';
  help?: string;
  place?: Place;
}

/**
 * How the output of a list or discover command becomes rows.
 * - `lines`: SMIT's form: each line a value, a first line beginning with `#` is the heading, a later one continues the entry above.
 * - `table`: columns separated by blanks; `heading` lines are skipped.
 * - `colon`: columns separated by `separator` (`:` unless said).
 * - `pairs`: `key=value` or `key: value` lines, one record.
 * - `stanza`: AIX stanzas (`HACMPnode:` then indented `name = "value"`), one record each.
 * - `smit`: `#name1:name2` and below it `value1:value2`.
 * - `json`: an array of objects (or an object holding one at `at`).
 * - `pattern`: a regular expression with named groups, tried on every line.
 */
export type FormatName = 'lines' | 'table' | 'colon' | 'pairs' | 'stanza' | 'smit' | 'json' | 'pattern';

export interface Format {
  format: FormatName;
  separator?: string;
  /** Lines at the top that are headings. */
  heading?: number;
  /**
   * For `table` and `colon`: how many columns a line has, `7`, `7-13`, or `heading` for as many as the heading names. A line with others
   * is no record, and the first such line is the list's problem.
   */
  columns?: string;
  /** `pattern` only. */
  pattern?: string;
  /**
   * `pattern` only: the first line that does not match is the list's problem. A heading is matched by an alternative without groups; a
   * match that fills no group is no record.
   */
  strict?: boolean;
  /** `json` only: dotted way to the array. */
  at?: string;
}

/** A named list command. */
export interface Source extends Format {
  id: string;
  run: Template;
  /** Column of the value: a 1-based number, or the name of a key, group or heading. The whole line when absent (`lines`). */
  value?: string;
  /** Columns shown beside the value; the whole line when absent. */
  shown?: string[];
  /** Fixed heading line for the list. */
  title?: string;
  path?: string[];
  /** Statuses that mean "an empty list" rather than an error (grep's 1). */
  emptyStatus?: number[];
  /** As in a dialog. */
  statusHelp?: Record<string, string>;
  timeout?: number;
  /** Host and user, as in a dialog. */
  target?: Template;
  as?: Template;
  place?: Place;
}

/** A command that fills a dialog: `map` says which record key (or column) fills which field. */
export interface Discover extends Format {
  run: Template;
  map: Record<string, string>;
  /** Record values translated on the way in: `{debug: {"1": "high"}}`. */
  translate?: Record<string, Record<string, string>>;
  timeout?: number;
}

export interface Check {
  expression: string;
  message: string;
  /** Field the cursor goes to. */
  field?: string;
  place?: Place;
}

/** A line in the dialog that shows what follows from other fields. `after` names the field it stands below. */
export interface Computed {
  label: string;
  expression: string;
  unit?: string;
  after?: string;
}

export interface Confirm {
  /** `ask`: Enter again; `type`: the object's name is typed. */
  level: 'ask' | 'type';
  /** The object, with placeholders: `{{address}}/{{prefix}} on {{interface}}`. What is typed for `type`. */
  object: Template;
  /** What happens to it, in words; may hold placeholders. */
  effect: Template;
}

export interface Verify {
  run: Template;
  status?: number;
  pattern?: string;
  retry?: number;
  /** Seconds between tries. */
  every?: number;
}

/** A file edit, rendered to shell that keeps a dated backup and is safe to run twice (design.md 4.3). Values are templates. */
export type EditVerb =
  | 'ensure_line'
  | 'append_block'
  | 'replace_line'
  | 'comment_line'
  | 'remove_line'
  | 'crontab_entry'
  | 'services_entry';

export interface Edit {
  verb: EditVerb;
  /** Arguments of the verb by name: file, line, match, user, action ... */
  args: Record<string, Template>;
  /** Literal arguments that are not templates (for example `action: remove`). */
  when?: string;
}

interface PanelBase {
  id: FastPath;
  title: string;
  aliases?: FastPath[];
  help?: string;
  /** Folder of the product: `hacmp`, `mnode`. */
  product: string;
  place: Place;
  /** The fast path of the real SMIT panel, when there is one: offered for unverified commands. */
  smitty?: FastPath;
  /** The fast path is ours, AIX's own is not public. */
  ours?: boolean;
}

export interface MenuItem {
  /** Fast path of the next panel, or nothing for an information line. */
  panel?: FastPath;
  /** Text of an information line, or a text of the item's own in place of the panel's title. */
  text?: string;
}

export interface MenuPanel extends PanelBase {
  kind: 'menu';
  items: MenuItem[];
}

/** Where a selector leads: always the same panel, or by the output of a classify command. */
export type Next = FastPath | { by: Template; map: Record<string, FastPath> };

export interface SelectorPanel extends PanelBase {
  kind: 'selector';
  field: Field;
  needs?: string[];
  /** Shows only the list. */
  ghost?: boolean;
  next: Next;
}

export interface DialogPanel extends PanelBase {
  kind: 'dialog';
  needs?: string[];
  fields: Field[];
  discover?: Discover;
  /** Exactly one of `run` and `edits`. */
  run?: Template;
  edits?: Edit[];
  checks?: Check[];
  computed?: Computed[];
  confirm?: Confirm;
  mode: 'pipe' | 'interactive';
  /** Host the command runs on: a host name, a `{{field}}`, or a site value; absent: this host. */
  target?: Template;
  /** User the command runs as, by `su - USER -c`. */
  as?: Template;
  /** Directories added to PATH. */
  path?: string[];
  preview?: Template;
  verify?: Verify;
  /** Output that makes a status 0 a failure (xCAT's `Error:`): regular expressions, tried on each line. */
  failIf?: string[];
  /** Exit statuses that mean something of the product's own, and a sentence for each, without a full stop: `{"111": "xcatd does not answer"}`. */
  statusHelp?: Record<string, string>;
  /** Seconds. */
  timeout?: number;
  /** Releases and systems this is right for, in words. */
  supports?: string[];
  notes?: string[];
  evidence: Evidence;
}

export interface TextPanel extends PanelBase {
  kind: 'text';
  /** Paragraphs; a line is one paragraph, an empty line a gap. */
  text: string;
  /** Panels it speaks of: opened with Enter. */
  links?: FastPath[];
}

export type Panel = MenuPanel | SelectorPanel | DialogPanel | TextPanel;
export type PanelKind = Panel['kind'];

/** What an operator typed or chose: one text, or several items for a `multiple` field. */
export type Value = string | string[];
export type Values = Record<string, Value>;

/** What is wrong with a file, where, and what to write. */
export interface Complaint {
  place: Place;
  /** Panel or source it belongs to. */
  panel?: string;
  message: string;
  level: 'error' | 'warning';
}

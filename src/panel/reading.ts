/** What the reader of one file knows while it works: the YAML, the complaints so far, what is left out. Heavy: part of read.ts. */
import type * as z from 'zod';
import type { BuildContext } from './build-dialog.ts';
import type { Places } from './places.ts';
import type { MenuAddition, ReadFile } from './read.ts';
import { shapeProblems } from './schema-complaints.ts';
import { parseTemplate } from './template.ts';
import { checkShell } from './template-check.ts';
import { specialFields, templatesIn } from './template-places.ts';
import type { Complaint, Panel, Place, Source } from './types.ts';
import type { Path, Yaml } from './yaml.ts';

export interface ComplainOptions {
  panel?: string;
  /** The key's place instead of the value's. */
  atKey?: boolean;
  /** Character within the text at the path. */
  offset?: number;
  level?: Complaint['level'];
}

export interface Reading {
  yaml: Yaml;
  places: Places;
  complain(path: Path, message: string, options?: ComplainOptions): void;
  /** The value in the schema's form, or nothing after complaining. A key that is not there gives nothing without complaint. */
  shape<T extends z.ZodType>(schema: T, value: unknown, path: Path, panel?: string): z.output<T> | undefined;
  /** False when a mistake of syntax stands in or before the end of the value, so that it may not mean what it says. */
  understood(path: Path): boolean;
  /** Complains about the templates of a panel or source as it stands in the file, whatever else is wrong with it. */
  templates(path: Path, value: unknown, panel: string): void;
  context(at: Path, own: Omit<BuildContext, 'place' | 'keys'>): BuildContext;
  /** Takes a panel, source or addition into the result unless something was wrong inside it. */
  keep(at: Path, id: string, list: 'panels' | 'sources' | 'menus', entry: Panel | Source | MenuAddition): void;
  leaveOut(id: string): void;
}

/** Complaints about one file: nobody mends more at once. */
const mostComplaints = 500;

/** Starts reading: the parser's own complaints go into the result, with the panel they stand in. */
export function createReading(file: string, yaml: Yaml, result: ReadFile): Reading {
  const { complaints, places } = result;
  const spoiled = new Set<string>();
  const yamlLines = new Set(yaml.problems.map(problem => problem.line));

  for (const { line, column, message, offset } of yaml.problems) {
    const panel = panelAround(yaml, offset);
    if (panel !== undefined) spoiled.add(panel);
    complaints.push({
      place: { file, line, column },
      message,
      level: 'error',
      ...(panel === undefined ? {} : { panel }),
    });
  }

  function place(path: Path, offset?: number): Place {
    return { file, ...yaml.place(path, offset) };
  }

  function complain(path: Path, message: string, options: ComplainOptions = {}): void {
    const { panel, atKey, offset, level = 'error' } = options;
    const at = atKey ? { file, ...yaml.keyPlace(path) } : place(path, offset);
    if (panel !== undefined && level === 'error') spoiled.add(panel);
    // What the YAML parser has said about a line need not be said again in other words.
    if (yamlLines.has(at.line) || complaints.length > mostComplaints) return;
    if (complaints.length === mostComplaints) {
      complaints.push({
        place: at,
        message: 'there is more wrong in this file; mend what is above first',
        level: 'error',
      });
      return;
    }
    complaints.push({ place: at, message, level, ...(panel === undefined ? {} : { panel }) });
  }

  function shape<T extends z.ZodType>(schema: T, value: unknown, path: Path, panel?: string): z.output<T> | undefined {
    if (value === undefined) return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const problem of shapeProblems(schema, parsed.error.issues, value)) {
      complain([...path, ...problem.path], problem.message, { panel, atKey: problem.atKey });
    }
    return undefined;
  }

  function templates(path: Path, value: unknown, panel: string): void {
    const fields = specialFields(value);
    for (const { way, source, shell } of templatesIn(value)) {
      const parsed = parseTemplate(source);
      const problems = 'problems' in parsed ? parsed.problems : shell ? checkShell(parsed.template, fields) : [];
      for (const { offset, message } of problems) complain([...path, ...way], message, { panel, offset });
    }
  }

  return {
    yaml,
    places,
    complain,
    shape,
    templates,
    understood: path => yaml.brokenFrom === Number.POSITIVE_INFINITY || yaml.range(path)[1] < yaml.brokenFrom,
    context: (at, own) => ({
      ...own,
      place: path => place([...at, ...path]),
      keys: path => yaml.keys([...at, ...path]),
    }),
    keep(at, id, list, entry) {
      if (spoiled.has(id)) {
        if (list !== 'menus') result.broken.push(id);
        return;
      }
      places.set(entry, (way, offset) => place([...at, ...way], offset));
      (result[list] as (typeof entry)[]).push(entry);
    },
    leaveOut: id => result.broken.push(id),
  };
}

/** The panel, source or addition whose lines hold an offset. */
function panelAround(yaml: Yaml, offset: number): string | undefined {
  const top = yaml.value as Record<string, unknown> | null;
  for (const key of ['panels', 'sources', 'menus']) {
    const map = top?.[key];
    if (typeof map !== 'object' || map === null || Array.isArray(map)) continue;
    for (const id of Object.keys(map)) {
      const [start, end] = yaml.range([key, id]);
      if (start < offset && offset < end) return id;
    }
  }
  return undefined;
}

/**
 * Reads one panel file: YAML with places, the shape (schema.ts) and the templates. What panels mean to each other is check.ts.
 *
 * Heavy (yaml, zod, unbash): only ever loaded with `await import()`; a start with compiled panels never needs it.
 */
import type * as z from 'zod';
import { buildSource, many } from './build-dialog.ts';
import { buildItem, buildPanel, type PanelInput } from './build-panel.ts';
import { decodeText } from './decode.ts';
import { idPattern, reservedIds } from './ids.ts';
import type { Places } from './places.ts';
import { createReading, type Reading } from './reading.ts';
import { fileKeys, fileSchema, itemsSchema, type KindKey, panelSchemas, sourceSchema } from './schema.ts';
import { didYouMean, nearest } from './suggest.ts';
import type { Complaint, FastPath, MenuItem, Panel, Source } from './types.ts';
import { type Path, parseYaml } from './yaml.ts';

/** Items that a file adds to a menu of another file. */
export interface MenuAddition {
  menu: FastPath;
  items: MenuItem[];
}

export interface ReadFile {
  panels: Panel[];
  sources: Source[];
  menus: MenuAddition[];
  complaints: Complaint[];
  /** Panels and sources that stand in the file and were left out because of a mistake. */
  broken: string[];
  /** Where the parts of each panel, source, menu item and addition stand. */
  places: Places;
}

/**
 * Reads a panel file and says everything that is wrong with it at once. Never throws. Panels and sources with a mistake are left out,
 * the others stay.
 * @param file name for the complaints
 * @param content the file's bytes, or its text
 * @param product product when the file names none: the name of its folder
 */
export function readPanelFile(file: string, content: string | Uint8Array, product: string): ReadFile {
  const result: ReadFile = { panels: [], sources: [], menus: [], complaints: [], broken: [], places: new Map() };
  const decoded = decodeText(content);
  if ('problem' in decoded) {
    const { problem: message, line, column } = decoded;
    result.complaints.push({ place: { file, line, column }, message, level: 'error' });
    return result;
  }
  const reading = createReading(file, parseYaml(decoded.text), result);
  const { value } = reading.yaml;
  if (value === null || (isMap(value) && Object.keys(value).length === 0)) {
    if (result.complaints.length === 0)
      reading.complain([], 'the file holds nothing; write panels: and below it a panel', { level: 'warning' });
  } else if (!isMap(value)) reading.complain([], 'a panel file is a map; write panels: and below it a panel');
  else readFile(reading, value, product);
  return result;
}

type Keys = Record<string, unknown>;

function isMap(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readFile(reading: Reading, top: Keys, product: string): void {
  for (const key of Object.keys(top))
    if (!(key in fileSchema.shape)) reading.complain([key], unknownTop(key, top[key]), { atKey: true });
  const own = {
    product: reading.shape(fileKeys.product, top.product, ['product']) ?? product,
    path: many(reading.shape(fileKeys.path, top.path, ['path'])),
    failIf: many(reading.shape(fileKeys.fail_if, top.fail_if, ['fail_if'])),
    statusHelp: reading.shape(fileKeys.status_help, top.status_help, ['status_help']),
  };
  for (const [id, value] of entries(reading, top, 'sources')) {
    const at = ['sources', id];
    const input = reading.shape(sourceSchema, value, at, id);
    reading.templates(at, value, id);
    if (input) reading.keep(at, id, 'sources', buildSource(id, input, reading.context(at, own)));
    else reading.leaveOut(id);
  }
  for (const [id, value] of entries(reading, top, 'panels')) {
    const at = ['panels', id];
    const kind = kindOf(reading, at, id, value);
    const input = kind && reading.shape(panelSchemas[kind] as z.ZodType<PanelInput>, value, at, id);
    reading.templates(at, value, id);
    const panel = input && buildPanel(id, input, reading.context(at, own), reading.places);
    if (panel) reading.keep(at, id, 'panels', panel);
    else reading.leaveOut(id);
  }
  for (const [menu, value] of entries(reading, top, 'menus')) {
    const at = ['menus', menu];
    const input = reading.shape(itemsSchema, value, at, menu);
    if (!input) continue;
    const context = reading.context(at, own);
    reading.keep(at, menu, 'menus', {
      menu,
      items: input.map((item, index) => buildItem(item, context, [index], reading.places)),
    });
  }
}

function unknownTop(key: string, value: unknown): string {
  if (isMap(value) && Object.keys(panelSchemas).some(kind => kind in value))
    return `"${key}" looks like a panel; indent it below panels:`;
  const known = Object.keys(fileSchema.shape);
  return `unknown key "${key}"${didYouMean(key, known) || `; the keys at the top of a file are ${known.join(', ')}`}`;
}

/** The entries of one of the file's maps whose names can stand and which the parser has understood. */
function entries(reading: Reading, top: Keys, key: string): [string, unknown][] {
  const map = top[key];
  if (map === undefined) return [];
  if (!isMap(map)) {
    const found = map === null ? 'holds nothing' : 'wants a map';
    reading.complain(
      [key],
      `"${key}" ${found}; write the ${key === 'menus' ? 'menu' : key.slice(0, -1)}'s name and a colon below it, indented`,
      { atKey: true },
    );
    return [];
  }
  const name = new RegExp(idPattern);
  return Object.entries(map).filter(([id]) => {
    if (!reading.understood([key, id])) {
      reading.leaveOut(id);
      return false;
    }
    const problem = !name.test(id)
      ? `"${id}" is no name for a ${key.slice(0, -1)}; write letters, digits and _ . + - (at most 64, no blank)`
      : key === 'panels' && reservedIds.includes(id)
        ? `"${id}" is a command of hasmit; give the panel another name`
        : undefined;
    if (problem) reading.complain([key, id], problem, { atKey: true, panel: id });
    return !problem;
  });
}

function kindOf(reading: Reading, at: Path, id: string, value: unknown): KindKey | undefined {
  const all = Object.keys(panelSchemas) as KindKey[];
  const complain = (message: string, path: Path = at) => reading.complain(path, message, { atKey: true, panel: id });
  if (!isMap(value)) {
    complain(`"${id}" is no panel; write its kind and title below it, for example menu: Tools`);
    return undefined;
  }
  if ('procedure' in value) {
    complain('procedures are not read yet; write the steps as dialogs of their own', [...at, 'procedure']);
    return undefined;
  }
  const kinds = all.filter(kind => kind in value);
  if (kinds.length === 1) return kinds[0];
  if (kinds.length > 1)
    complain(
      `a panel is of one kind; leave out ${kinds
        .slice(1)
        .map(kind => `"${kind}"`)
        .join(', ')} or "${kinds[0]}"`,
      [...at, kinds[1]!],
    );
  else {
    const slip = Object.keys(value).find(key => nearest(key, all, 1).length > 0);
    if (slip === undefined) complain('the panel has no kind; write menu:, selector:, dialog: or text: and its title');
    else complain(`unknown key "${slip}"${didYouMean(slip, all)}`, [...at, slip]);
  }
  return undefined;
}

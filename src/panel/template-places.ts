/** Where a panel or source holds templates, asked of the plain data of a file: their mistakes are told even when other keys are wrong. */
import type { Way } from './places.ts';

export interface TemplatePlace {
  way: Way;
  source: string;
  /** It becomes shell text; the others become plain words (a host's name, a question, an argument of an edit). */
  shell: boolean;
}

const shellWays: Way[] = [['run'], ['preview'], ['discover', 'run'], ['verify', 'run'], ['next', 'by']];
const plainWays: Way[] = [['target'], ['as'], ['confirm', 'object'], ['confirm', 'effect']];

/** The templates of a panel or source as it stands in a file; what is no text is left to the schema. */
export function templatesIn(value: unknown): TemplatePlace[] {
  const found: TemplatePlace[] = [];
  const add = (way: Way, shell: boolean) => {
    const source = at(value, way);
    if (typeof source === 'string') found.push({ way, source, shell });
  };
  for (const way of shellWays) add(way, true);
  for (const way of plainWays) add(way, false);
  for (const way of waysBelow(value, ['edits'])) {
    for (const verb of waysBelow(value, way)) for (const argument of waysBelow(value, verb)) add(argument, false);
  }
  return found;
}

/** Names of the fields that may be absent, and of the secrets, which need care in shell text. */
export function specialFields(value: unknown): { absent: Set<string>; secrets: Set<string> } {
  const names = waysBelow(value, ['fields']);
  const having = (key: string, wanted?: string) => {
    const ways = names.filter(way =>
      wanted ? at(value, [...way, key]) === wanted : at(value, [...way, key]) !== undefined,
    );
    return new Set(ways.map(way => String(way.at(-1))));
  };
  return { absent: having('when'), secrets: having('type', 'secret') };
}

function at(value: unknown, way: Way): unknown {
  let here = value;
  for (const step of way) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

function waysBelow(value: unknown, way: Way): Way[] {
  const here = at(value, way);
  if (Array.isArray(here)) return here.map((_, index) => [...way, index]);
  return typeof here === 'object' && here !== null ? Object.keys(here).map(key => [...way, key]) : [];
}

/** Where things stand in panel files, for those who look at compiled panels and complain. */
import type { Place } from './types.ts';

/** A way to a value: keys and list indexes as in the file, for example `['fields', 'node', 'default']`. */
export type Way = readonly (string | number)[];

/** The place of a value of one panel, source, menu item or menu addition; `offset` counts characters within a text. */
export type Locate = (way: Way, offset?: number) => Place;

/** For each object that was read, how to find its parts. Objects of another origin (compiled ones) are not in it. */
export type Places = Map<object, Locate>;

/** The place of a part of `owner`; its own place, or the beginning of nowhere, when it was not read from a file in this run. */
export function placeIn(places: Places | undefined, owner: { place?: Place }, way: Way, offset?: number): Place {
  return places?.get(owner)?.(way, offset) ?? owner.place ?? { file: '', line: 1, column: 1 };
}

/**
 * Ink's part: a frame as rows of Text, and small action boxes as ink-select-input over it. Nothing is decided here; the frame function has done it.
 * Every row is one Box that may not shrink and one line that is never wrapped: Ink would otherwise lay rows over each other.
 */
import { Box, Text } from 'ink';
import SelectInput from 'ink-select-input';
import { memo, useSyncExternalStore } from 'react';
import type { Span } from '../terminal/types.ts';
import type { ActionPlace } from './boxes.ts';
import type { SessionFrame } from './frame.ts';

export interface ScreenProps {
  subscribe(listener: () => void): () => void;
  frame(): SessionFrame;
  onAction(action: string): void;
}

/** The whole screen. */
export function Screen({ subscribe, frame, onAction }: ScreenProps) {
  const shown = useSyncExternalStore(subscribe, frame);
  return (
    <Box flexDirection="column" width="100%" height={shown.rows.length} overflow="hidden">
      {shown.rows.map((spans, row) => (
        // Rows are places on the screen: their number is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Row key={row} spans={spans} />
      ))}
      {shown.actions && <Actions place={shown.actions} onAction={onAction} />}
    </Box>
  );
}

const Row = memo(
  ({ spans }: { spans: Span[] }) => (
    <Box flexShrink={0} height={1}>
      <Text wrap="truncate">
        {spans.map((span, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: spans have no other name
          <Text key={at} inverse={span.inverse ?? false} bold={span.bold ?? false} underline={span.underline ?? false}>
            {span.text}
          </Text>
        ))}
      </Text>
    </Box>
  ),
  (before, after) => sameSpans(before.spans, after.spans),
);

function sameSpans(a: Span[], b: Span[]): boolean {
  return (
    a.length === b.length &&
    a.every((span, at) => {
      const other = b[at]!;
      return (
        span.text === other.text &&
        span.inverse === other.inverse &&
        span.bold === other.bold &&
        span.underline === other.underline
      );
    })
  );
}

function Actions({ place, onAction }: { place: ActionPlace; onAction(action: string): void }) {
  return (
    <Box position="absolute" marginLeft={place.x} marginTop={place.y} width={place.width} flexDirection="column">
      <SelectInput
        items={place.items}
        onSelect={item => onAction(item.value)}
        indicatorComponent={Indicator}
        itemComponent={place.mono ? PlainItem : Item}
      />
    </Box>
  );
}

/** ASCII, and never by colour alone. */
function Indicator({ isSelected = false }: { isSelected?: boolean }) {
  return <Text>{isSelected ? '> ' : '  '}</Text>;
}

function PlainItem({ label }: { label: string }) {
  return <Text>{label}</Text>;
}

function Item({ isSelected = false, label }: { isSelected?: boolean; label: string }) {
  return <Text inverse={isSelected}>{label}</Text>;
}

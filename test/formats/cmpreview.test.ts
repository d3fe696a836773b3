/** What a preview of ServiceGuard says, for people. The sample is that of HP's manual. */
import { expect, test } from 'vitest';
import { cmpreviewPage } from '../../src/formats/cmpreview.ts';

const sample = `package:pkg3|node:node2|action:failing
package:pkg2|node:node2|action:failing
package:pkg2|node:node1|action:starting
package:pkg3|node:node1|action:starting
package:pkg1|node:node1|action:starting
cmmodpkg: Command preview completed successfully
`;

test('the moves are told by package', () => {
  expect(cmpreviewPage(sample)).toEqual({
    text: `These packages would move:
  pkg3  leaves node2, starts on node1
  pkg2  leaves node2, starts on node1
  pkg1  starts on node1`,
    status: 0,
  });
});

test('a preview without moves says so', () => {
  expect(cmpreviewPage('cmrunnode: Command preview completed successfully\n')).toEqual({
    text: 'No package would move.',
    status: 0,
  });
});

test('a preview that is cut off or failed is no preview, and what was said is kept', () => {
  expect(cmpreviewPage(sample.slice(0, 100))).toEqual({
    text: `These packages would move:
  pkg3  leaves node2
  pkg2  leaves node2
The preview is not complete; nobody knows what would happen.
package:pkg2|node:node`,
    status: 1,
  });
  expect(cmpreviewPage('')).toEqual({
    text: 'The preview is not complete; nobody knows what would happen.',
    status: 1,
  });
});

test('an action that the manual does not name is told as it stands, with line ends of any kind', () => {
  const { text } = cmpreviewPage(
    'package:a.B-1|node:n_1|action:detaching\r\nWarning: x\r\ncmhaltnode: Command preview completed successfully\r\n',
  );
  expect(text).toBe('These packages would move:\n  a.B-1  detaching on n_1\nWarning: x');
});

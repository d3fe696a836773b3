import { expect, test } from 'vitest';
import { countComplaints, formatComplaint, sortComplaints } from '../../src/panel/complaint.ts';
import type { Complaint } from '../../src/panel/types.ts';

function complaint(file: string, line: number, column: number, level: Complaint['level'] = 'error'): Complaint {
  return { place: { file, line, column }, panel: 'p', message: 'wrong; write right', level };
}

test('a complaint is one line that editors can jump to', () => {
  expect(formatComplaint(complaint('menus/a.yaml', 3, 7))).toBe('menus/a.yaml:3:7: p: wrong; write right');
  expect(formatComplaint(complaint('a', 1, 1, 'warning'))).toBe('a:1:1: p: warning: wrong; write right');
  expect(formatComplaint({ ...complaint('a', 1, 1), panel: undefined })).toBe('a:1:1: wrong; write right');
});

test('complaints come in the order of files, lines and columns', () => {
  const sorted = sortComplaints([
    complaint('b', 1, 1),
    complaint('a', 2, 1),
    complaint('a', 1, 9),
    complaint('a', 1, 2),
  ]);
  expect(sorted.map(({ place }) => `${place.file}${place.line}${place.column}`)).toEqual(['a12', 'a19', 'a21', 'b11']);
});

test('complaints are counted in words', () => {
  expect(countComplaints([])).toBe('no complaints');
  expect(countComplaints([complaint('a', 1, 1)])).toBe('1 error');
  expect(countComplaints([complaint('a', 1, 1), complaint('a', 1, 1), complaint('a', 1, 1, 'warning')])).toBe(
    '2 errors, 1 warning',
  );
});

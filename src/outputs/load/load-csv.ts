/**
 * The CSV an ERP loader reads: comma, double quote, LF, no header. Values hold no line breaks (lintLoad sees to it), so a line of the
 * file is a row. Nothing is neutralised here: -12.50 must stay a number.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\n`
}

const quoted = (cell: string): string => (/[",]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

const CELL = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/y

/** The cells of one line without its LF; throws RangeError where quotes do not pair. */
export function csvCells(line: string): string[] {
  const cells: string[] = []
  CELL.lastIndex = 0
  for (;;) {
    const found = CELL.exec(line)
    if (found === null) throw new RangeError(`not CSV at column ${cells.length + 1}`)
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] === '') return cells
  }
}

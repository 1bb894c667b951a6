/**
 * The CSV an ERP loader reads: comma (or what its template says), double quote, LF. Values hold no line breaks (lintLoad sees to it), so a
 * line of the file is a row; what people get may, and they stay in their cell. Nothing is neutralised here: -12.50 must stay a number.
 */
export function csvLine(cells: readonly string[], delimiter = ','): string {
  return `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\n`
}

const quoted = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

function cellBefore(delimiter: string): RegExp {
  const end = delimiter.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')
  return new RegExp(`(?:"((?:[^"]|"")*)"|((?:(?!${end}).)*))(${end}|$)`, 'y')
}

/** The cells of one line without its LF; throws RangeError where quotes do not pair. */
export function csvCells(line: string, delimiter = ','): string[] {
  const cells: string[] = []
  const cell = cellBefore(delimiter)
  for (;;) {
    const found = cell.exec(line)
    if (found === null) throw new RangeError(`not CSV at column ${cells.length + 1}`)
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] === '') return cells
  }
}

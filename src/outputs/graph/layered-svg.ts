import { escaped } from '../html.js'

/** A box of the drawing. Those of one column stand one above the other, in the order given. */
export interface GraphNode {
  readonly id: string
  readonly column: number
  readonly title: string
  /** A second, smaller line. */
  readonly note: string
  readonly kind: 'system' | 'data' | 'job'
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
  /** dashed: one waits for the other, and nothing passes between them. */
  readonly dashed: boolean
}

const BOX = { width: 230, height: 44, gapX: 90, gapY: 16, margin: 20 }
const fills = { system: '#e8eef7', data: '#f4f4f0', job: '#e3f2e6' } as const satisfies Record<
  GraphNode['kind'],
  string
>

/** Columns of boxes from left to right with curves between them, as an SVG document that needs nothing else. */
export function layeredSvg(title: string, nodes: readonly GraphNode[], edges: readonly GraphEdge[]): string {
  const places = placed(nodes)
  const width = Math.max(...[...places.values()].map(({ x }) => x), 0) + BOX.width + BOX.margin
  const height = Math.max(...[...places.values()].map(({ y }) => y), 0) + BOX.height + BOX.margin
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#555"/></marker></defs>`,
    ...edges.map((edge) => curve(edge, places)),
    ...nodes.map((node) => box(node, places)),
    '</svg>',
    '',
  ].join('\n')
}

interface Place {
  readonly x: number
  readonly y: number
}

/** Each column is centred on the tallest; every other one half a row lower, so that a line past a box is seen. */
function placed(nodes: readonly GraphNode[]): ReadonlyMap<string, Place> {
  const columns = [...new Set(nodes.map(({ column }) => column))].sort((a, b) => a - b)
  const tall = Math.max(...columns.map((column) => nodes.filter((node) => node.column === column).length), 0)
  const places = new Map<string, Place>()
  for (const [index, column] of columns.entries()) {
    const own = nodes.filter((node) => node.column === column)
    const step = BOX.height + BOX.gapY
    const top = BOX.margin + ((tall - own.length + (index % 2)) * step) / 2
    for (const [row, node] of own.entries()) {
      places.set(node.id, { x: BOX.margin + index * (BOX.width + BOX.gapX), y: top + row * step })
    }
  }
  return places
}

function curve({ from, to, dashed }: GraphEdge, places: ReadonlyMap<string, Place>): string {
  const [start, end] = [places.get(from), places.get(to)]
  if (start === undefined || end === undefined) return ''
  const middle = BOX.height / 2
  const [x1, y1, x2, y2] = [start.x + BOX.width, start.y + middle, end.x, end.y + middle]
  const bend = Math.max(40, (x2 - x1) / 2)
  const dash = dashed ? ' stroke-dasharray="5 4"' : ''
  return `<path d="M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" fill="none" stroke="#555"${dash} marker-end="url(#arrow)"/>`
}

function box({ id, title, note, kind }: GraphNode, places: ReadonlyMap<string, Place>): string {
  const { x, y } = places.get(id) ?? { x: 0, y: 0 }
  const radius = kind === 'job' ? 14 : 3
  return [
    `<g><title>${escaped(`${title}: ${note}`)}</title>`,
    `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="${radius}" fill="${fills[kind]}" stroke="#555"/>`,
    `<text x="${x + 10}" y="${y + 19}" font-size="13" font-weight="bold" fill="#111">${escaped(cut(title, 27))}</text>`,
    `<text x="${x + 10}" y="${y + 35}" font-size="11" fill="#444">${escaped(cut(note, 32))}</text></g>`,
  ].join('')
}

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

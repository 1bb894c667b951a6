const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for content and quoted attributes; control characters and marks that turn the direction of writing are made visible. */
export const escaped = (text: string): string =>
  text
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\u00b7')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)

/** Figures in columns go to the right. `html` is a cell that is escaped already. */
export interface HtmlColumn<Row> {
  readonly title: string
  readonly isFigure?: boolean
  /** A code, a name or an hour, which is not broken over lines. */
  readonly isWord?: true
  readonly text?: (row: Row) => string
  readonly html?: (row: Row) => string
}

/** A table with its caption; the first column heads its row. It scrolls by itself, by keyboard too, where the page is narrow. */
export function htmlTable<Row>(caption: string, columns: readonly HtmlColumn<Row>[], rows: readonly Row[]): string {
  const side = ({ isFigure, isWord }: HtmlColumn<Row>): string =>
    isFigure === true ? ' class="figure"' : isWord === true ? ' class="word"' : ''
  const head = columns.map((column) => `<th scope="col"${side(column)}>${escaped(column.title)}</th>`).join('')
  const body = rows.map((row) => {
    const cells = columns.map((column, n) => {
      const content = column.html?.(row) ?? escaped(column.text?.(row) ?? '')
      return n === 0 ? `<th scope="row">${content}</th>` : `<td${side(column)}>${content}</td>`
    })
    return `<tr>${cells.join('')}</tr>`
  })
  return `<div class="scroll" role="region" aria-label="${escaped(caption)}" tabindex="0"><table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
}

/** `said` is escaped here, `body` is HTML. */
export const section = (id: string, said: string, body: string): string =>
  `<section aria-labelledby="${id}"><h2 id="${id}">${escaped(said)}</h2>${body}</section>`

export const paragraph = (text: string): string => `<p>${escaped(text)}</p>`

/** A state never by its colour alone: the word stands there. */
export const mark = (text: string, kind: 'good' | 'notice' | 'bad'): string =>
  `<span class="mark ${kind}">${escaped(text)}</span>`

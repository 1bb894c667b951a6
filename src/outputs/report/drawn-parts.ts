import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type JSZip from 'jszip'
import { type Chart, chartXml, drawingXml } from './chart.js'
import { type DataBars, dataBarExtensions, dataBarRules } from './data-bars.js'

/** What exceljs cannot write on a sheet. */
export interface Drawn {
  readonly charts: readonly Chart[]
  readonly bars: readonly DataBars[]
}

/** Of the first sheet that is written. */
const SHEET = 'xl/worksheets/sheet1.xml'
const SHEET_RELATIONS = 'xl/worksheets/_rels/sheet1.xml.rels'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/**
 * Copies a workbook and adds charts and data bars to its first sheet. What is not touched is copied as it is compressed: memory grows
 * with the size of the file, not with its rows.
 * @throws Error when the package is not as exceljs writes it
 */
export async function addDrawn(from: string, to: string, { charts, bars }: Drawn, date: Date): Promise<void> {
  const { default: Zip } = await import('jszip')
  const zip = await Zip.loadAsync(await readFile(from))
  const put = (name: string, content: string): unknown => zip.file(name, content, { date })
  put(SHEET, withDrawn(await textOf(zip, SHEET), charts.length > 0, bars))
  if (charts.length > 0) {
    if (zip.file(SHEET_RELATIONS) !== null) throw new Error('the first sheet has relations already')
    put(SHEET_RELATIONS, relations([['drawing', '../drawings/drawing1.xml']]))
    put('xl/drawings/drawing1.xml', drawingXml(charts))
    put(
      'xl/drawings/_rels/drawing1.xml.rels',
      relations(charts.map((_, n) => ['chart', `../charts/chart${n + 1}.xml`] as const)),
    )
    for (const [n, chart] of charts.entries()) put(`xl/charts/chart${n + 1}.xml`, chartXml(chart))
    put('[Content_Types].xml', withTypes(await textOf(zip, '[Content_Types].xml'), charts))
  }
  const bytes = zip.generateNodeStream({ compression: 'DEFLATE', streamFiles: false })
  await pipeline(bytes, createWriteStream(to, { flags: 'wx' }))
}

async function textOf(zip: JSZip, name: string): Promise<string> {
  const text = await zip.file(name)?.async('string')
  if (text === undefined) throw new Error(`the workbook has no part ${name}`)
  return text
}

const relations = (all: readonly (readonly [kind: string, target: string])[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}">${all
    .map(([kind, target], n) => `<Relationship Id="rId${n + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`)
    .join('')}</Relationships>`

/**
 * Elements of a worksheet have one order (ECMA-376 part 1, 18.3.1.99): rules stand before what prints, the drawing after header and
 * footer, extensions last.
 */
function withDrawn(sheet: string, hasCharts: boolean, bars: readonly DataBars[]): string {
  const end = '</worksheet>'
  const before = /<(?:dataValidations|hyperlinks|printOptions|pageMargins)\b/.exec(sheet)?.index
  if (before === undefined || !sheet.endsWith(end)) throw new Error('the first sheet is not as it was written')
  const ruled = bars.length === 0 ? sheet : `${sheet.slice(0, before)}${dataBarRules(bars)}${sheet.slice(before)}`
  const drawing = hasCharts ? '<drawing r:id="rId1"/>' : ''
  return `${ruled.slice(0, -end.length)}${drawing}${bars.length === 0 ? '' : dataBarExtensions(bars)}${end}`
}

function withTypes(types: string, charts: readonly Chart[]): string {
  const type = (part: string, kind: string): string =>
    `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.${kind}+xml"/>`
  const added = [
    type('/xl/drawings/drawing1.xml', 'drawing'),
    ...charts.map((_, n) => type(`/xl/charts/chart${n + 1}.xml`, 'drawingml.chart')),
  ]
  return types.replace('</Types>', `${added.join('')}</Types>`)
}

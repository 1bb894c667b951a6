import { colour } from './style.js'

/** A native chart over cells of the sheet it stands on. Columns and rows of the place are 0-based, its end is outside. */
export interface Chart {
  readonly kind: 'bars' | 'line'
  readonly title: string
  /** Read to people who cannot see it. */
  readonly description: string
  readonly place: { readonly from: readonly [column: number, row: number]; readonly to: readonly [number, number] }
  /** Absolute ranges with their sheet, and what they hold now, for viewers that do not calculate. */
  readonly names: { readonly range: string; readonly now: readonly string[] }
  readonly values: { readonly range: string; readonly now: readonly (number | null)[]; readonly format: string }
}

const rgb = (argb: string): string => argb.slice(2)
const ink = `<a:solidFill><a:srgbClr val="${rgb(colour.ink)}"/></a:solidFill>`
const accent = `<a:solidFill><a:srgbClr val="${rgb(colour.accent)}"/></a:solidFill>`
const hairline = `<a:ln w="6350"><a:solidFill><a:srgbClr val="${rgb(colour.line)}"/></a:solidFill></a:ln>`

export const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** xl/charts/chartN.xml. Elements stand in the order of the schema (ECMA-376 part 1, dml-chart), which Excel insists on. */
export function chartXml(chart: Chart): string {
  const plot = chart.kind === 'bars' ? bars(chart) : line(chart)
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">',
    '<c:roundedCorners val="0"/>',
    '<c:chart>',
    `<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1">${ink}</a:defRPr></a:pPr><a:r><a:rPr lang="en-US" sz="1200" b="1">${ink}</a:rPr><a:t>${xml(chart.title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`,
    '<c:autoTitleDeleted val="0"/>',
    `<c:plotArea><c:layout/>${plot}</c:plotArea>`,
    '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>',
    '</c:chart>',
    `<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>${hairline}</c:spPr>`,
    '</c:chartSpace>',
  ].join('')
}

const NAMES_AXIS = 111_111_111
const VALUES_AXIS = 222_222_222
const axes = `<c:axId val="${NAMES_AXIS}"/><c:axId val="${VALUES_AXIS}"/>`

function bars(chart: Chart): string {
  const labels = `<c:dLbls><c:numFmt formatCode="${xml(chart.values.format)}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${small}<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`
  return [
    '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>',
    `<c:ser>${serie(chart)}<c:spPr>${accent}</c:spPr><c:invertIfNegative val="0"/>${labels}${data(chart)}</c:ser>`,
    `<c:gapWidth val="45"/>${axes}</c:barChart>`,
    // The first name on top, as in the table.
    namesAxis('maxMin', 'l'),
    valuesAxis(chart, 'b', true),
  ].join('')
}

const line = (chart: Chart): string =>
  [
    '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>',
    `<c:ser>${serie(chart)}<c:spPr><a:ln w="28575" cap="rnd">${accent}<a:round/></a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>${accent}</c:spPr></c:marker>${data(chart)}<c:smooth val="0"/></c:ser>`,
    `<c:marker val="1"/>${axes}</c:lineChart>`,
    namesAxis('minMax', 'b'),
    valuesAxis(chart, 'l', false),
  ].join('')

const small = `<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">${ink}</a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>`

const serie = ({ title }: Chart): string => `<c:idx val="0"/><c:order val="0"/><c:tx><c:v>${xml(title)}</c:v></c:tx>`

function data({ names, values }: Chart): string {
  const points = (now: readonly (string | number | null)[]): string =>
    now.map((value, n) => (value === null ? '' : `<c:pt idx="${n}"><c:v>${xml(String(value))}</c:v></c:pt>`)).join('')
  return [
    `<c:cat><c:strRef><c:f>${xml(names.range)}</c:f><c:strCache><c:ptCount val="${names.now.length}"/>${points(names.now)}</c:strCache></c:strRef></c:cat>`,
    `<c:val><c:numRef><c:f>${xml(values.range)}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="${values.now.length}"/>${points(values.now)}</c:numCache></c:numRef></c:val>`,
  ].join('')
}

const namesAxis = (orientation: 'minMax' | 'maxMin', position: 'l' | 'b'): string =>
  `<c:catAx><c:axId val="${NAMES_AXIS}"/><c:scaling><c:orientation val="${orientation}"/></c:scaling><c:delete val="0"/><c:axPos val="${position}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>${hairline}</c:spPr>${small}<c:crossAx val="${VALUES_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>`

/** Hidden where each bar says its value. */
const valuesAxis = ({ values }: Chart, position: 'l' | 'b', hidden: boolean): string =>
  `<c:valAx><c:axId val="${VALUES_AXIS}"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="${hidden ? 1 : 0}"/><c:axPos val="${position}"/>${hidden ? '' : `<c:majorGridlines><c:spPr>${hairline}</c:spPr></c:majorGridlines>`}<c:numFmt formatCode="${xml(values.format)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>${small}<c:crossAx val="${NAMES_AXIS}"/><c:crosses val="${hidden ? 'max' : 'autoZero'}"/><c:crossBetween val="between"/></c:valAx>`

/** xl/drawings/drawingN.xml: where each chart stands. */
export const drawingXml = (charts: readonly Chart[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">',
    ...charts.map(anchor),
    '</xdr:wsDr>',
  ].join('')

function anchor({ title, description, place: { from, to } }: Chart, n: number): string {
  const corner = (name: string, [column, row]: readonly [number, number]): string =>
    `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`
  return [
    `<xdr:twoCellAnchor editAs="oneCell">${corner('from', from)}${corner('to', to)}`,
    `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${n + 2}" name="${xml(title)}" descr="${xml(description)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>`,
    '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>',
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">',
    `<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId${n + 1}"/>`,
    '</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>',
  ].join('')
}

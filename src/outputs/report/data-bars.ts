import { createHash } from 'node:crypto'
import { colour } from './style.js'

/** Cells drawn as bars from 0 to the largest of them, instead of their numbers. */
export interface DataBars {
  readonly range: string
}

/** After the rules that exceljs writes, which begin at 1. */
const FIRST_PRIORITY = 1000

const idOf = ({ range }: DataBars): string => {
  const digits = createHash('sha256').update(range).digest('hex').toUpperCase()
  return `{${[digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20, 32)].join('-')}}`
}

/** conditionalFormatting elements. exceljs writes an empty id for bars, which Excel calls damaged, so these are ours. */
export const dataBarRules = (bars: readonly DataBars[]): string =>
  bars
    .map(
      (one, n) =>
        `<conditionalFormatting sqref="${one.range}"><cfRule type="dataBar" priority="${FIRST_PRIORITY + n}"><dataBar showValue="0"><cfvo type="num" val="0"/><cfvo type="max"/><color rgb="${colour.bar}"/></dataBar><extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"><x14:id>${idOf(one)}</x14:id></ext></extLst></cfRule></conditionalFormatting>`,
    )
    .join('')

/** The extLst of the sheet: bars in one colour from end to end, in Excel 2010 and later. */
export const dataBarExtensions = (bars: readonly DataBars[]): string =>
  [
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>',
    ...bars.map(
      (one) =>
        `<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="dataBar" id="${idOf(one)}"><x14:dataBar minLength="0" maxLength="100" showValue="0" gradient="0"><x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="max"/></x14:dataBar></x14:cfRule><xm:sqref>${one.range}</xm:sqref></x14:conditionalFormatting>`,
    ),
    '</x14:conditionalFormattings></ext></extLst>',
  ].join('')

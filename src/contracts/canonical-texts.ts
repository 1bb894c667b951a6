import type { ExtractColumn, TextContract } from '../config/extract-contract.js'
import type { ColumnBinding } from './column-binding.js'
import { cleanSql, nullValuesOf, typedSql } from './value-sql.js'

const numberType = 'DECIMAL(24,8)'

/**
 * The columns of a contract as texts that mean the same whatever the layout: numbers in plain notation without zeros at the end, dates as
 * yyyy-MM-dd, flags as true and false. SQL over c1, c2, ...; a value that is not written as the contract says stays as it is.
 */
export function canonicalTexts(contract: TextContract, { positions }: ColumnBinding): Map<string, string> {
  return new Map(
    contract.columns.flatMap((column) => {
      const position = positions.get(column.name)
      const clean = position === undefined ? undefined : cleanSql(`c${position}`, nullValuesOf(contract, column.name))
      return clean === undefined ? [] : [[column.name, canonicalText(clean, column)]]
    }),
  )
}

function canonicalText(clean: string, column: ExtractColumn): string {
  switch (column.kind) {
    case 'text':
      return clean
    case 'decimal':
    case 'integer':
      return `coalesce(rtrim(rtrim((${typedSql(clean, column, numberType)})::VARCHAR, '0'), '.'), ${clean})`
    case 'date':
      return `coalesce((${typedSql(clean, column, 'DATE')})::VARCHAR, ${clean})`
    case 'flag':
      return `coalesce((${typedSql(clean, column, 'BOOLEAN')})::VARCHAR, ${clean})`
  }
}

import { existsSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'

export const columns =
  'ITEM VENDOR_NAME VENDOR DESCRIPTION CATALOG UOM PURCHASE_UOM FACTOR PRICE COST STATUS FACILITY VALID_FROM VALID_TO STOCKED UNSPSC BUYER NOTE'.split(
    ' ',
  )

/**
 * Two item masters of `rows` rows and 18 columns, the second in another order. Of a thousand rows one is on the left only, one on the right
 * only; ten have another price and five another description.
 */
export async function generate(folder, rows) {
  if (existsSync(folder)) return
  const building = `${folder}.building`
  await rm(building, { recursive: true, force: true })
  await mkdir(building, { recursive: true })
  await write(path.join(building, 'left.csv'), rows, (n) => (n % 1000 === 2 ? undefined : item(n)))
  await write(path.join(building, 'right.csv'), rows, (n) => {
    // 7,919 is a prime that divides no power of ten: each row once, far from where it was.
    const at = (n * 7919) % rows
    if (at % 1000 === 1) return undefined
    const values = item(at)
    if (at % 100 === 50) values[8] = `${Number(values[8].split('.')[0]) + 1}.${values[8].split('.')[1]}`
    if (at % 200 === 150) values[3] = values[3].toUpperCase()
    return values
  })
  await rename(building, folder)
}

function item(n) {
  const mixed = (n * 2654435761) % 4294967296
  const text = (base, width) => String(mixed % base).padStart(width, '0')
  return [
    `IT${String(n).padStart(9, '0')}`,
    `Vendor ${mixed % 5000} Medical Inc`,
    `V${text(5000, 4)}`,
    `Catheter size ${mixed % 40} sterile`,
    `CAT-${text(99999, 5)}`,
    'EA',
    'BX',
    String(1 + (mixed % 100)),
    `${mixed % 1000}.${text(100, 2)}`,
    `${mixed % 77}.${text(10000, 4)}`,
    'ACTIVE',
    `FAC${mixed % 40}`,
    `2026-0${1 + (mixed % 9)}-1${mixed % 9}`,
    '2026-12-31',
    String(mixed % 2),
    text(99999999, 8),
    '',
    `note about item ${mixed % 1000} in stock`,
  ]
}

async function write(file, rows, valuesOf) {
  const out = await open(file, 'w')
  let text = `${columns.join(',')}\n`
  for (let n = 0; n < rows; n++) {
    const values = valuesOf(n)
    if (values !== undefined) text += `${values.join(',')}\n`
    if (text.length < 1 << 20) continue
    await out.appendFile(text)
    text = ''
  }
  await out.appendFile(text)
  await out.close()
}

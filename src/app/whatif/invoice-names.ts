import { invoicesOfIds } from '../../state/index.js'
import { onlyVendorOf } from '../suppliers/partner-of-vendor.js'
import type { Tools } from '../tools.js'
import type { OtherInvoice } from './two-worlds.js'

/** Number and ERP vendor of each invoice; the partner's name where none can be told. */
export async function namesOfInvoices(
  invoices: readonly OtherInvoice[],
  { state, workspace }: Tools,
): Promise<(one: OtherInvoice) => { readonly invoice: string; readonly supplier: string }> {
  const rows = await invoicesOfIds(state.database, [...new Set(invoices.map(({ id }) => id))])
  const { partners } = workspace.settings
  const names = new Map(
    rows.map(({ id, business_key: invoice, partner }) => [
      id,
      { invoice, supplier: onlyVendorOf(partners[partner]) ?? partner },
    ]),
  )
  return ({ id, vendor }) => {
    const { invoice = id, supplier = '' } = names.get(id) ?? {}
    return { invoice, supplier: vendor ?? supplier }
  }
}

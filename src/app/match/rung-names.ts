/** The rungs of the key ladder as people read them; docs/matching.md has the whole of it. */
export const rungNames: Readonly<Record<number, string>> = {
  1: 'PO and line number',
  2: 'PO and our item number',
  3: "PO and supplier's item number",
  4: 'PO and manufacturer part',
  5: 'PO and GTIN',
  6: 'PO and NDC or HIBC',
  7: 'substitute announced on the acknowledgment',
  8: 'PO and the only line with this price and quantity',
  9: 'no PO: supplier, item, ship-to and date',
  10: 'a decision that it is this line',
}

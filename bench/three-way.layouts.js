/**
 * The columns of each file by place: the first three as templates/extracts/lawson-*.yaml have them, invoices as an EDI translator writes
 * 810s flat.
 */
export const layouts = {
  'po-lines':
    'COMPANY PO_NUMBER PO_RELEASE PO_CODE LINE_NBR VENDOR ITEM ITEM_TYPE VEN_ITEM MANUF_NBR GTIN NDC HIBC DESCRIPTION QUANTITY CXL_QTY REC_QTY ENT_BUY_UOM EBUY_UOM_MULT ENT_UNIT_CST PRICE_BASIS CLOSED_FL MATCHING LOCATION REQ_LOCATION PURCH_MAJCL ACCT_UNIT PO_DATE TERM_CODE TAX_EXEMPT_FL FREIGHT_CAP BILL_ONLY_FL CURRENCY_CODE AGREEMENT_REF BUYER_CODE EARLY_DL_DATE',
  receipts: 'COMPANY REC_NUMBER REC_LINE PO_NUMBER PO_RELEASE PO_CODE LINE_NBR ITEM REC_QTY ENT_REC_UOM REC_DATE',
  items:
    'ITEM DESCRIPTION STOCK_UOM ALT_UOM_1 ALT_CONV_1 ALT_GTIN_1 ALT_UOM_2 ALT_CONV_2 ALT_GTIN_2 MANUF_CODE MANUF_NBR GTIN NDC HIBC PURCH_MAJCL ACTIVE_STATUS CONSIGNMENT_FL',
  invoices:
    'DOC_ID PARTNER COMPANY ISA_CONTROL GS_CONTROL ST_CONTROL INVOICE_NUMBER INVOICE_DATE TYPE PO_NUMBER PO_RELEASE PO_DATE CURRENCY SHIP_TO SHIP_TO_NAME REMIT_TO TERMS_PERCENT TERMS_DAYS NET_DAYS SHIP_DATE CARRIER TOTAL LINES RECEIVED',
  'invoice-lines':
    'DOC_ID SEQUENCE PO_LINE QUANTITY UOM UNIT_PRICE PRICE_BASIS EXTENDED BUYER_ITEM VENDOR_ITEM MANUF_PART GTIN NDC HIBC DESCRIPTION LOT SERIAL EXPIRES SHIP_DATE PACKING_SLIP COUNTRY TAX',
}

/**
 * A FROM clause for DuckDB, the columns not told a type as text. All are named, because they stand by their place; what a statement does
 * not select costs DuckDB only the finding of its end. ignore_errors passes over the trailer, which has too few values.
 */
export function csvSource(folder, name, dateFormat, types) {
  const columns = layouts[name].split(' ').map((column) => `${column}: '${types[column] ?? 'VARCHAR'}'`)
  return `read_csv('${folder}/${name}.csv', header=true, auto_detect=false, ignore_errors=true, delim='|', dateformat='${dateFormat}', columns={${columns.join(', ')}})`
}

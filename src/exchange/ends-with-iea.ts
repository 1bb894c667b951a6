/** Bytes that hold an IEA segment, or a trailer record, and what may stand after it. */
export const IEA_AND_MORE = 4096

const iea = /(?:^|[^A-Za-z0-9])IEA([^A-Za-z0-9\s])\d{1,5}\1\d{1,9} *[^A-Za-z0-9 ]\s*$/

/**
 * Whether bytes end with an IEA segment and its terminator (X12.5: IEA01 one to five digits, IEA02 the control number); after it only
 * white space, NUL and Ctrl-Z, as old systems fill up their last block. A terminator may itself be a newline.
 */
export const endsWithIea = (ending: Buffer): boolean => {
  let end = ending.length
  while (ending[end - 1] === 0 || ending[end - 1] === 0x1a) end -= 1
  return iea.test(ending.toString('latin1', 0, end))
}

/** One party of interchanges: ISA05/06 or ISA07/08 in one text, without the padding. */
export const isaKey = ({ qualifier, id }: { readonly qualifier: string; readonly id: string }): string =>
  `${qualifier.trim()}:${id.trim()}`

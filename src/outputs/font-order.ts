/** Of CT_Font, ECMA-376 part 1, 18.8.22, as Excel writes it and the Open XML SDK asks for it. */
const order = 'b i strike condense extend outline shadow u vertAlign sz color name family charset scheme'.split(' ')
const placeOf = (element: string): number => order.indexOf(/^<(\w+)/.exec(element)?.[1] ?? '')

/** What exceljs writes as styles.xml, with the parts of each font in their order; it writes colours before sizes. */
export const fontsInOrder = (styles: string): string =>
  styles.replace(
    /<font>(.*?)<\/font>/gs,
    (_, parts: string) =>
      `<font>${(parts.match(/<[^>]*\/>/g) ?? []).sort((a, b) => placeOf(a) - placeOf(b)).join('')}</font>`,
  )

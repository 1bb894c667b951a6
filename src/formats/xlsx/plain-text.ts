/** Text of a cell as people see it: a character spelt as _x000D_ is that character (ECMA-376, ST_Xstring). */
export const plainText = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

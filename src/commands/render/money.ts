/** "1234567.5" USD as "USD 1,234,567.50"; text in, text out, so that nothing is rounded on the way. */
export function money(amount: string, currency: string): string {
  const [whole = '0', fraction = ''] = amount.replace(/^-/, '').split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${amount.startsWith('-') ? '-' : ''}${currency} ${grouped}.${fraction.padEnd(2, '0')}`
}

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${String(n).replace(/\B(?=(\d{3})+$)/g, ',')} ${n === 1 ? one : many}`

import { grouped } from '../../app/money-text.js'

export { money, moneyBeside, risked } from '../../app/money-text.js'

export const count = (n: number, one: string, many = `${one}s`): string => `${grouped(n)} ${n === 1 ? one : many}`

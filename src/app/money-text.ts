/** Money as people read it, for the commands too. */
export { grouped, money, moneyBeside, risked } from '../canonical/index.js'

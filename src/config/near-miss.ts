export { editDistance, nearMiss } from '../errors/near-miss.js'

export { xmlReader } from './read-xml.js'

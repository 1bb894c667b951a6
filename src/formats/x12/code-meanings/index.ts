export { type Dictionary, loadDictionary } from './dictionary.js'

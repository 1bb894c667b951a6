export { jsonReader, ndjsonReader } from './read-json.js'

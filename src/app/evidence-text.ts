export { sourceText as evidenceText } from '../canonical/index.js'

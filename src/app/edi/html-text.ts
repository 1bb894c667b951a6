export { escaped } from '../../outputs/html.js'

export type * from './content.js'
export { dashboardPage } from './page.js'

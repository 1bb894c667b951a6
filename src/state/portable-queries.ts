import { HandleEmptyInListsPlugin, replaceWithNoncontingentExpression } from 'kysely'

/** What makes the same query mean the same on both engines: SQLite finds nothing in an empty list, PostgreSQL refuses it. */
export const portableQueries = [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })]

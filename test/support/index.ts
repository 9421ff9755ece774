export { emptyDatabase, freshStore, kinds, onBothDatabases, type TestStore } from './stores.ts'

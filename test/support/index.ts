export { type BrowserPageOptions, openBrowser, openPage, untilTrue } from './browser.ts'
export {
  forumOnBothDatabases,
  type MemberOptions,
  type TestForum,
  type TestForumOptions,
  testForum,
} from './forum.ts'
export type { Person } from './people.ts'
export { type PostOffice, type PostOfficeOptions, postOffice, type ReadMail } from './smtp.ts'
export { emptyDatabase, freshStore, furnishedDatabase, kinds, onBothDatabases, type TestStore } from './stores.ts'
export type { Filling, PageForm } from './visitor/form.ts'
export type { Page } from './visitor/page.ts'
export { Visitor, type VisitorOptions } from './visitor/visitor.ts'

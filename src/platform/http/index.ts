export { compileViews, type Views } from '../views.ts'
export { type Assets, openAssets } from './assets/assets.ts'
export { type CookieName, cookieOf, cookiesNamed } from './cookies.ts'
export {
  emptyForm,
  type Form,
  type FormView,
  keyed,
  readForm,
  type Submitted,
  submit,
  submitTo,
  typedText,
  withErrors,
} from './forms/forms.ts'
export { idFrom, idOf, ownPath, pageNumber, returnPath } from './forms/params.ts'
export { type BodyOptions, readableUrl, readBodies } from './guard/readable.ts'
export { sameOrigin } from './guard/same-origin.ts'
export { securityHeadersOf } from './guard/security-headers.ts'
export { healthRoutes } from './health.ts'
export { createLogger, type Logger, type LoggerOptions } from './log/logger.ts'
export { requestLog } from './log/request-log.ts'
export { addressOf } from './origin.ts'
export { type PageCacheOptions, pageCache } from './page-cache/page-cache.ts'
export type { PageKind, PageMatch } from './page-cache/page-kind.ts'
export { versionOf } from './page-cache/version.ts'
export { type ErrorPageOptions, errorPages } from './problems/error-pages.ts'
export { awayCookie, putAway } from './put-away.ts'
export { dropCookie, putCookie } from './put-cookie.ts'
export { guestReading, type Reading, readingOf, setReading, type Theme, toTheme } from './reading.ts'
export { mayComeSlowly, type Serving, serve } from './serve.ts'
export { changeNotices, type NewNotice, noticeRoutes, notify } from './session/notices.ts'
export { purgeSessions } from './session/queries.ts'
export { tellSent } from './session/sent.ts'
export {
  endSession,
  renewSession,
  type SessionContent,
  sessionHasMoved,
  sessionKeyOf,
  sessions,
  startSession,
} from './session/sessions.ts'
export type { StoredNotice } from './session/stored-notice.ts'
export type { PageMeta, ViewHelpers } from './views/helpers.ts'
export { keepNowhere, type PageData, page, part } from './views/page.ts'
export {
  type Announcement,
  type ForumFace,
  type MenuLink,
  type Notice,
  type Shell,
  type ShellMember,
  type ShellSlots,
  type Slot,
  shellSlots,
} from './views/shell.ts'
export { type Furniture, type Handler, inFront, type Listener, type WebConfig, webApp, webOf } from './web.ts'

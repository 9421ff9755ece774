import type { Message } from '../../platform/errors.ts'
import type { T } from '../../platform/locale/index.ts'
import type { ForumNode } from '../forums/index.ts'
import type { Viewer } from '../members/index.ts'

/** One line of a menu: a link (`href`), or an act that is sent as a form (`action`). */
export interface MenuItem {
  readonly text: Message
  /** An icon's name. */
  readonly symbol?: string
  readonly danger?: boolean
  readonly href?: string
  readonly action?: string
  readonly fields?: Readonly<Record<string, string>>
  /** The question asked before it is sent, where scripts run. */
  readonly confirm?: Message
}

/** Groups of items in someone's language, with a line between them, as the part `shared/menu` takes them. */
export function menuIn(t: T, ...groups: readonly (readonly MenuItem[])[]): Record<string, unknown>[] {
  const say = (message: Message | undefined) => message && t(message.key, message.args)
  return groups
    .filter(group => group.length > 0)
    .flatMap((group, index) => [
      ...(index > 0 ? [{ rule: true }] : []),
      ...group.map(item => ({ ...item, text: say(item.text), confirm: say(item.confirm) })),
    ])
}

/** Makes rows checkable, and says what can be done with all that are checked. */
export interface SelectBar {
  /** Of the bar's form; the boxes name it. */
  readonly formId: string
  /** The name under which the boxes send their ids. */
  readonly name: string
  /** The part that shows the form, and what it gets. */
  readonly view: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Said above a page's content. */
export interface PageNotice {
  readonly kind: 'success' | 'info' | 'warning' | 'danger'
  readonly message: Message
}

/** What higher floors add to the page of a forum. */
export interface ForumPageSlots {
  forumMenu(viewer: Viewer, forum: ForumNode): readonly MenuItem[] | Promise<readonly MenuItem[]>
  selectBar(viewer: Viewer, forum: ForumNode): SelectBar | null | Promise<SelectBar | null>
}

export const emptyForumPage: ForumPageSlots = { forumMenu: () => [], selectBar: () => null }

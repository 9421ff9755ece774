import type { Request } from 'express'
import { directionOf } from '../../locale/index.ts'
import { isKnownReader, type Reading, readingOf } from '../reading.ts'
import type { PageMeta } from './page-meta.ts'

/** What stands on every page around its content. */
export type Shell = Reading &
  ForumFace & {
    dir: 'ltr' | 'rtl'
    member: ShellMember | null
    createNew: MenuLink[]
    memberMenu: MenuLink[]
    /** What staff have to do, with how much of it waits. */
    staff: MenuLink[]
    notices: Notice[]
    announcements: Announcement[]
    /** The places whose text has arrived, told once. */
    sent?: readonly string[]
  }

/** The forum's own face, the same for everyone. */
export type ForumFace = {
  forumName: string
  /** The public address, without a slash at the end. */
  baseUrl?: string
  /** A hue, 0 to 23. */
  accent?: number
  /** Instead of the name; its size on the page in pixels, and the theme under which it needs a plate behind it. */
  logo?: { src: string; width: number; height: number; plate: 'none' | 'light' | 'dark' } | null
  /** false hides "Register". */
  mayRegister?: boolean
  footer?: { href: string; text: string }[]
  /** In the header, beside its menus. */
  links?: readonly { href: string; text: string }[]
  /** Address of the small picture in a browser's tab, where it is not ours. */
  favicon?: string | undefined
  /** Under whose number the browser keeps what is typed, where that is not the member's. */
  writer?: number | undefined
  /** Address of a style sheet of the forum's own, after ours. */
  styles?: string | undefined
}

export type ShellMember = {
  /** Under this the browser keeps what they type. */
  id?: number
  name: string
  path: string
  /** Of the drawn initial, 0 to 23. */
  colour: number
  /** Address of a picture. */
  avatar?: string
  /** The time zone is the member's own choice, which the browser must not correct. */
  ownZone?: boolean
}

/** A line of a menu in the reader's language: a link, or an act that is sent as a form. */
export type MenuLink = { text: string; symbol?: string; count?: number; current?: boolean; danger?: boolean } & (
  | { href: string; rel?: string }
  | { action: string; fields?: Record<string, string>; confirm?: string }
)

export type NoticeKind = 'success' | 'info' | 'warning' | 'danger'

/** Said above the content. `text` is in the reader's language and never HTML. */
export type Notice = {
  kind: NoticeKind
  text: string
  html?: never
  link?: { href: string; text: string }
  undo?: { action: string; fields: Record<string, string> }
  /** A button with words of its own. */
  act?: { action: string; text: string; fields: Record<string, string> }
  /** By this it is dismissed. */
  id?: string
  /** Stays until it is dismissed; needs an id. */
  sticky?: boolean
  /** Cannot be dismissed: it belongs to the page. */
  plain?: boolean
}

/** What stands above pages for a while. `html` is the content pipeline's. */
export type Announcement = { id: number; title: string; html: string; dismissible: boolean }

/** One contribution of a feature, asked once for each page that is rendered. */
export type Slot<Part> = (req: Request) => Part | Promise<Part>

/** Where features contribute to the shell. All but `forum` are asked only once it is known who reads (setReading). */
export type ShellSlots = {
  forum: Slot<ForumFace>
  member: Slot<ShellMember | null>
  createNew: Slot<MenuLink[]>[]
  memberMenu: Slot<MenuLink[]>[]
  staff: Slot<MenuLink[]>[]
  notices: Slot<Notice[]>[]
  /** Asked with what the page says of itself. */
  announcements: (req: Request, meta: PageMeta) => Announcement[] | Promise<Announcement[]>
}

/** The slots of a web, empty where nothing is given. */
export function shellSlots(filled: Partial<ShellSlots> & Pick<ShellSlots, 'forum'>): ShellSlots {
  return {
    member: () => null,
    createNew: [],
    memberMenu: [],
    staff: [],
    notices: [],
    announcements: () => [],
    ...filled,
  }
}

/** The shell for the page that answers this request. */
export async function assembleShell(slots: ShellSlots, req: Request, meta: PageMeta): Promise<Shell> {
  const known = isKnownReader(req)
  const all = <Part>(parts: Slot<Part[]>[]) => (known ? askAll(parts, req) : [])
  const [face, member, createNew, memberMenu, staff, notices, announcements] = await Promise.all([
    slots.forum(req),
    known ? slots.member(req) : null,
    all(slots.createNew),
    all(slots.memberMenu),
    all(slots.staff),
    all(slots.notices),
    known ? slots.announcements(req, meta) : [],
  ])
  const reading = readingOf(req)
  const dir = directionOf(reading.locale)
  return { ...reading, ...face, dir, member, createNew, memberMenu, staff, notices, announcements }
}

async function askAll<Part>(slots: Slot<Part[]>[], req: Request): Promise<Part[]> {
  return (await Promise.all(slots.map(slot => slot(req)))).flat()
}

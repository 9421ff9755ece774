import type { Message } from '../../errors.ts'
import type { NoticeKind } from '../views/shell.ts'

/** A notice as the session keeps it: a message, because the reader's language may change. */
export type StoredNotice = {
  id: string
  kind: NoticeKind
  message: Message
  undo?: { action: string; fields: Record<string, string> }
  sticky?: boolean
  link?: { href: string; text: Message }
  /** For whoever said it: things that it speaks of, and of what kind they are. */
  about?: { what: string; ids: readonly string[] }
}

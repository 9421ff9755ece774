import type { Generated } from 'kysely'
import type { Flag, Time } from './basics.ts'

/** Everything about a member in one file, made by a job and kept for some days. */
export interface ExportsTable {
  id: Generated<number>
  /** Whose it is about. */
  member_id: number
  /** Who asked, and alone may download it: the member, or an administrator for them. */
  asked_by_id: number
  created_at: Time
  /** Rows written, of as many; 0 of 0 until it has begun. */
  progress: Generated<number>
  total: Generated<number>
  /** Its name below DATA_DIR/exports; null until it is ready. */
  file: string | null
  size: number | null
  ready_at: Time | null
}

/** To whom to say that their account is gone, when its row knows no address any more; kept until that is mailed. */
export interface FarewellsTable {
  id: Generated<number>
  name: string
  email: string
  locale: string | null
  /** An administrator did it. */
  by_staff: Flag
  created_at: Time
}

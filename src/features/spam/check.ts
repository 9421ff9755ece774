import type { Message } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import type { SettingKey, Settings } from '../settings/index.ts'

/**
 * Forms that programs send: an account, a guest's text, a guest's post under a name, a message to the administrators, a
 * guest's report.
 */
export type FormKind = 'register' | 'claim' | 'guest_post' | 'contact' | 'report'

/** What somebody sent. */
export interface SentForm {
  readonly kind: FormKind
  /** Every field as it came; null: no form was filled in, as when a command makes a member. */
  readonly fields: Readonly<Record<string, unknown>> | null
  /** The network address. */
  readonly address: string
  /** What they call themselves, and their e-mail address. */
  readonly name?: string
  readonly email?: string
}

/** `suspect`: it waits for approval, with the reason (a phrase key) for those who decide. `refuse`: errors by field. */
export type Verdict =
  | { readonly kind: 'suspect'; readonly reason: string }
  | { readonly kind: 'refuse'; readonly errors: Record<string, Message> }

/** What the fields of a guarded form need; the part `spam/_guard` shows it. */
export interface FormGuard {
  readonly kind: FormKind
  /** A field that people do not see. */
  readonly trap: boolean
  /** When the page was made, sealed. */
  readonly begun: string | null
  readonly question: { readonly sealed: string; readonly text: string } | null
  /** The browser is asked for a proof of work. */
  readonly proof: boolean
  /** An administrator looks at every new account. */
  readonly approval: boolean
}

/** What a check works with. */
export interface Ground {
  readonly db: Db
  readonly rules: Settings
  readonly now: number
}

/** What was typed before, when a form is shown again. */
export type Typed = Readonly<Record<string, unknown>>

/** One way to tell programs from people. */
export interface Check {
  /** Its phrases are `spam.check_<name>` and `spam.check_<name>_about`; under this name it is counted. */
  readonly name: string
  readonly on: (rules: Settings) => boolean
  /** Its switch, and what else can be set about it. */
  readonly settings: readonly SettingKey[]
  readonly forms: readonly FormKind[]
  /** It judges the fields of a form; else the person, who may come without one. */
  readonly looksAtFields: boolean
  /** What it adds to a form. */
  equip?(ground: Ground, kind: FormKind, typed: Typed): Promise<Partial<FormGuard>>
  /** null: nothing to say against it. */
  judge(form: SentForm, ground: Ground): Promise<Verdict | null>
}

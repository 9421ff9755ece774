import type { Response } from 'express'
import type { ZodType } from 'zod'
import { Invalid, type Message, msg, TooMany } from '../../errors.ts'

type Typed = Record<string, string | string[]>

/** A form as a view shows it: what was typed, and what is wrong with it. */
export type FormView = { typed: Typed; errors: Record<string, Message> | null; values?: unknown }

/** A form that was sent: `values` are there when nothing is wrong. */
export type Form<V> = SoundForm<V> | FaultyForm
type SoundForm<V> = { typed: Typed; errors: null; values: V }
type FaultyForm = { typed: Typed; errors: Record<string, Message>; values?: undefined }

/**
 * What a body says by a schema whose messages are keys of phrases. `typed` keeps everything for showing it again,
 * passwords apart; each field has its first error only.
 */
export function readForm<V>(schema: ZodType<V>, body: unknown): Form<V> {
  const typed = typedIn(body)
  const { success, data, error } = schema.safeParse(body ?? {})
  if (success) return { typed, errors: null, values: data }
  const errors: Record<string, Message> = {}
  for (const { path, message } of error.issues) errors[String(path[0] ?? '')] ??= toMessage(message)
  return { typed, errors }
}

/** A phrase with what stands in its places, as the message of a zod check: `{ error: keyed('a.name_short', { min: 3 }) }`. */
export function keyed(key: string, args?: Record<string, string | number>): string {
  return args ? `${key} ${JSON.stringify(args)}` : key
}

/** A form that nobody sent yet, filled in as given. */
export function emptyForm(typed: Typed = {}): Form<undefined> {
  return { typed, errors: null, values: undefined }
}

/** The form with errors found later than by its schema; '' is the form as a whole. */
export function withErrors(form: FormView, errors: Record<string, Message>): FaultyForm {
  return { typed: form.typed, errors: { ...form.errors, ...errors } }
}

export type Submitted<R> = { done: R; form: null } | { done: undefined; form: FaultyForm }

/** Does what a sound form asks for. What the action finds Invalid comes back as the form's errors; other refusals go on. */
export async function submit<V, R>(form: Form<V>, action: (values: V) => Promise<R>): Promise<Submitted<R>> {
  if (form.errors) return { done: undefined, form }
  try {
    return { done: await action(form.values), form: null }
  } catch (refused) {
    if (refused instanceof Invalid) return { done: undefined, form: withErrors(form, refused.errors) }
    throw refused
  }
}

/**
 * The same for an answer that is not sent yet, whose status it sets; what comes too often is an error of the form as
 * well, with what was typed. `tooMany` says so, with the minutes to wait.
 */
export async function submitTo<V, R>(
  res: Response,
  form: Form<V>,
  action: (values: V) => Promise<R>,
  tooMany: (minutes: number) => Message,
): Promise<Submitted<R>> {
  try {
    const submitted = await submit(form, action)
    if (submitted.form) res.status(422)
    return submitted
  } catch (refused) {
    if (!(refused instanceof TooMany)) throw refused
    res.status(refused.status).set('Retry-After', String(refused.retryAfter))
    return { done: undefined, form: withErrors(form, { '': tooMany(Math.ceil(refused.retryAfter / 60)) }) }
  }
}

/** The texts of a body by their fields, without secrets. */
export function typedIn(body: unknown): Typed {
  if (typeof body !== 'object' || body === null) return {}
  return Object.fromEntries(Object.entries(body).flatMap(([name, value]) => typedField(name, value)))
}

/** What would hurt to lose when a form is refused: a title, a text. */
export function typedText(body: unknown): { title?: string; body?: string } {
  const typed = typedIn(body)
  const { title, body: text = longTexts.map(name => typed[name]).find(isSeveralWords) } = typed
  return {
    ...(typeof title === 'string' && title.trim() ? { title } : {}),
    ...(typeof text === 'string' && text.trim() ? { body: text } : {}),
  }
}

/** What forms that are no posts call the text that people write in them. */
const longTexts = ['text', 'answer', 'note', 'reason']

function isSeveralWords(value: Typed[string] | undefined): boolean {
  return typeof value === 'string' && /\S\s+\S/.test(value)
}

function typedField(name: string, value: unknown): [string, string | string[]][] {
  if (/password/i.test(name)) return []
  if (typeof value === 'string') return [[name, value]]
  return Array.isArray(value) ? [[name, value.filter(item => typeof item === 'string')]] : []
}

/** zod's own words are for programmers; ours are keys. */
function toMessage(text: string): Message {
  const [, key, args] = /^([a-z][\w-]*(?:\.\w+)+)(?: (\{.*\}))?$/s.exec(text) ?? []
  if (!key) return msg('http.field_invalid')
  return args ? msg(key, JSON.parse(args)) : msg(key)
}

import { z } from 'zod'
import { keyed } from '../../platform/http/index.ts'

export const longestSubject = 150
export const longestText = 10_000

const line = (missing: string, most: number) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, { error: missing })
    .max(most, { error: keyed('pages.contact_long', { most }) })
    // A line has no ends of lines in it, whoever sends it.
    .transform(value => value.replace(/\s+/g, ' '))

export const contactForm = z.object({
  name: line('pages.contact_name_missing', 60),
  email: z
    .string({ error: 'pages.contact_email_wrong' })
    .trim()
    .pipe(z.email({ error: 'pages.contact_email_wrong' }).max(254, { error: 'pages.contact_email_wrong' })),
  subject: line('pages.contact_subject_missing', longestSubject),
  text: z
    .string({ error: 'pages.contact_text_missing' })
    .transform(value => value.replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(1, { error: 'pages.contact_text_missing' })
        .max(longestText, { error: keyed('pages.contact_long', { most: longestText }) }),
    ),
})

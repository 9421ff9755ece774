import { z } from 'zod'

const highestId = 2 ** 31 - 1
const day = z
  .union([z.literal('').transform(() => null), z.iso.date()], { error: 'announcements.day_wrong' })
  .nullish()
  .transform(typed => typed ?? null)
const ids = z
  .preprocess(value => [value].flat().filter(one => one !== undefined && one !== ''), z.array(z.coerce.number().int()))
  .transform(typed => [...new Set(typed)].filter(id => id > 0 && id <= highestId))
  .catch([])
  .default([])

/** What an administrator or moderator has to say to many. */
export const announcementForm = z.object({
  title: z
    .string({ error: 'announcements.title_missing' })
    .trim()
    .min(1, 'announcements.title_missing')
    .max(120, 'announcements.title_long')
    .transform(title => title.toWellFormed()),
  body: z.string({ error: 'content.empty' }),
  where: z.enum(['all', 'some']).catch('some').default('some'),
  forum: ids,
  audience: z
    .enum(['everybody', 'guests', 'members', 'group'], { error: 'announcements.audience_missing' })
    .default('everybody'),
  group: z.coerce.number().int().positive().max(highestId).nullable().catch(null).default(null),
  from: day,
  until: day,
  dismissible: z
    .string()
    .optional()
    .transform(ticked => ticked === '1'),
})

export type AnnouncementValues = z.infer<typeof announcementForm>

import { z } from 'zod'

const format = z.enum(['markdown', 'html'])

/** A text that is to be had in the other format. */
export const convertForm = z.object({ body: z.string().transform(text => text.toWellFormed()), format })
export type ConvertValues = z.infer<typeof convertForm>

/** Every form that holds a text of the rich editor, whatever else it holds. */
export const richText = z.object({ body: z.string(), format: z.literal('html') })

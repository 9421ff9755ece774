import { z } from 'zod'

export const signatureForm = z.object({
  /** Nothing: no signature. */
  body: z
    .string()
    .catch('')
    .transform(text => text.toWellFormed()),
  format: z.enum(['markdown', 'html']).catch('markdown'),
})

export type SignatureValues = z.infer<typeof signatureForm>

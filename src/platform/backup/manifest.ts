import { z } from 'zod'
import { keptName } from '../files/index.ts'

/** Of what we write; a higher one is a newer program's. */
export const formatVersion = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const table = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number(),
  /** Of the rows' lines, in whatever order they come. */
  sum: sha256,
})

const part = z.object({ path: z.string(), bytes: z.number(), sha256 })

/** The last part of a copy: what else is in it, and how to know that it is all there. */
const manifest = z.object({
  format: z.literal('stoa-backup'),
  version: z.literal(formatVersion),
  made_at: z.number(),
  /** Those that the database had been through. */
  migrations: z.array(z.string()).min(1),
  /** In the order in which they are loaded. */
  tables: z.array(table),
  /** The last number that each table gave out. */
  identities: z.record(z.string(), z.number()),
  files: z.array(part),
})

export type Manifest = z.infer<typeof manifest>
export type CopiedTable = z.infer<typeof table>
export type CopiedFile = z.infer<typeof part>

export const paths = {
  manifest: 'manifest.json',
  secret: 'session-secret',
  files: 'files/',
  table: (name: string) => `tables/${name}.jsonl`,
} as const

/** Whether a copy may hold a part of this name: whatever else is in a zip is not ours, wherever it would lead. */
export function isPart(name: string): boolean {
  if (name === paths.manifest || name === paths.secret) return true
  if (name.startsWith(paths.files)) return keptName.test(name.slice(paths.files.length))
  return /^tables\/\w{1,100}\.jsonl$/.test(name)
}

/** 'newer' when a newer version of this program wrote it, and undefined when it is none. */
export function parseManifest(text: string): Manifest | 'newer' | undefined {
  const value: unknown = JSON.parse(text)
  const head = z.object({ format: z.literal('stoa-backup'), version: z.number() }).safeParse(value)
  if (head.success && head.data.version > formatVersion) return 'newer'
  return manifest.safeParse(value).data
}

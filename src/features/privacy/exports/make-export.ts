import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { filesOf } from '../../attachments/index.ts'
import { allGroups } from '../../groups/index.ts'
import { sendMail } from '../../mail/index.ts'
import { memberById } from '../../members/index.ts'
import { settings } from '../../settings/index.ts'
import { type Export, exportById, finishExport, setProgress } from '../queries/exports.ts'
import { countRows, postsByTopic, uploadsOf } from '../queries/sections.ts'
import { asHtml } from './as-html.ts'
import { asJson, type Whole } from './as-json.ts'
import { exportFolder, exportPath } from './export-folder.ts'
import { Progress } from './progress.ts'
import { provenKey, sections, sectionsByAddress } from './sections.ts'

/** Makes the file that was asked for, unless it is there or nobody wants it any more. Only we may read it. */
export async function makeExport(db: Db, exportId: number): Promise<void> {
  const row = await exportById(db, exportId)
  const whole = row && row.ready_at === null ? await gather(db, row) : undefined
  if (!whole) return
  await mkdir(exportFolder(db), { recursive: true, mode: 0o700 })
  const [file, draft] = [`${randomUUID()}.zip`, exportPath(db, `${randomUUID()}.part`)]
  try {
    await writeZip(whole, draft)
    await rename(draft, exportPath(db, file))
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  if (!(await announce(db, exportId, file))) await rm(exportPath(db, file), { force: true })
}

async function gather(db: Db, { id, member_id }: Export): Promise<Whole | undefined> {
  const member = await memberById(db, member_id)
  if (member?.deleted_at !== null) return undefined
  const { forum_name: name, base_url: url } = await settings(db)
  const group = (await allGroups(db)).find(group => group.id === member.group_id)?.name ?? ''
  const posts = await postsByTopic(db, member_id)
  let total = posts.length * 2
  for (const section of sections) total += await countRows(db, section, member_id)
  for (const section of sectionsByAddress) total += await countRows(db, section, provenKey(member))
  const progress = new Progress(done => setProgress(db, id, done, total))
  await progress.add(0)
  return { db, forum: { name, url }, member, group, posts, madeAt: Date.now(), progress }
}

async function writeZip(whole: Whole, path: string): Promise<void> {
  const { ZipFile } = await import('yazl')
  const zip = new ZipFile()
  const written = pipeline(zip.outputStream, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
  const parts = [
    ['index.html', asHtml],
    ['data.json', asJson],
  ] as const
  const uploads = await filesThere(whole)
  const failed = new Promise<never>((_, reject) => {
    zip.on('error', reject)
    // One after the other: yazl takes a stream when it comes to it.
    for (const [name, make] of parts)
      zip.addReadStreamLazy(name, give => give(null, Readable.from(make(whole)).on('error', reject)))
    for (const { id, name, file } of uploads)
      zip.addReadStreamLazy(`files/${id}-${name}`, { compress: false }, give =>
        give(null, filesOf(whole.db).read(file).on('error', reject)),
      )
  })
  zip.end()
  await Promise.race([written, failed])
}

/** What they uploaded, as far as it is on the disk. */
async function filesThere({ db, member }: Whole) {
  const there = []
  for (const upload of await uploadsOf(db, member.id)) {
    if ((await filesOf(db).age(upload.file)) !== null) there.push(upload)
  }
  return there
}

/** False when it is not wanted any more. */
async function announce(db: Db, exportId: number, file: string): Promise<boolean> {
  const { size } = await stat(exportPath(db, file))
  return inTransaction(db, async tx => {
    const wanted = await finishExport(tx, exportId, file, size, Date.now())
    if (wanted) await sendMail(tx, 'privacy.export_ready', { exportId })
    return wanted
  })
}

import { type Files, readPicture, type UploadedFile } from '../../platform/files/index.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { logoBox, writeSettings } from '../settings/index.ts'

/** The largest file taken as a logo, in bytes. */
export const largestLogo = 4 * 1024 * 1024

/** Makes this picture the forum's logo. The one before stays where it is: somebody may be looking at a page with it. */
export async function changeLogo(db: Db, files: Files, file: UploadedFile): Promise<void> {
  const { bytes, kind, width, height, plate } = await readPicture(file, logoBox)
  const path = await files.keep(bytes, kind)
  await inTransaction(db, tx => writeSettings(tx, { logo: { path, width, height, plate } }))
}

/** The forum's name stands in its place again. */
export async function removeLogo(db: Db): Promise<void> {
  await inTransaction(db, tx => writeSettings(tx, { logo: null }))
}

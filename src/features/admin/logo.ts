import { type Files, readPicture, type UploadedFile } from '../../platform/files/index.ts'
import { faviconBox, logoBox, type Settings } from '../settings/index.ts'

/** The pictures that stand for the forum. */
export const faces = ['logo', 'favicon'] as const
export type Face = (typeof faces)[number]

/** The largest file taken as one of them, in bytes. */
export const largestLogo = 4 * 1024 * 1024

/** Keeps this picture, and says what to store of it. The one before stays where it is: somebody may be looking at it. */
export async function keepFace(face: Face, files: Files, file: UploadedFile): Promise<Partial<Settings>> {
  const picture = await readPicture(file, face === 'logo' ? logoBox : faviconBox)
  const path = await files.keep(picture.bytes, picture.kind)
  const { width, height, plate } = picture
  return face === 'logo' ? { logo: { path, width, height, plate } } : { favicon: { path } }
}

import { createRequire } from 'node:module'
import type { Visitor } from '../../support/visitor/visitor.ts'

type Sharp = typeof import('sharp').default
const sharp: Sharp = createRequire(import.meta.url)('sharp')

/** A picture of one colour, so many pixels large. */
export function picture(width: number, height: number, kind: 'png' | 'jpeg' | 'webp' = 'png'): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#2a6' } })
    .toFormat(kind)
    .toBuffer()
}

/** As a telephone makes it: lying on its side, and telling where it was taken. */
export function photograph(): Promise<Buffer> {
  return sharp({ create: { width: 60, height: 40, channels: 3, background: '#a52' } })
    .withExif({ IFD0: { Copyright: 'SECRET-PLACE' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

export async function movingPicture(): Promise<Buffer> {
  const frames = ['#f00', '#0f0', '#00f'].map(background =>
    sharp({ create: { width: 30, height: 20, channels: 3, background } })
      .png()
      .toBuffer(),
  )
  return sharp(await Promise.all(frames), { join: { animated: true } })
    .gif({ delay: [90, 90, 90] })
    .toBuffer()
}

/** A few bytes that would be a third of a gigabyte when decoded. */
export function bomb(): Promise<Buffer> {
  const huge = { width: 9100, height: 9100, channels: 3 as const, background: '#000' }
  return sharp({ create: huge, limitInputPixels: false }).png({ compressionLevel: 9 }).toBuffer()
}

export function metadataOf(bytes: Buffer) {
  return sharp(bytes, { animated: true }).metadata()
}

interface Uploaded {
  readonly id: number
  readonly kind: string
  readonly name: string
  readonly size: number
  readonly src: string
  readonly width: number | null
  readonly height: number | null
}

/** Uploads as the editor does; what it answers. */
export async function upload(
  visitor: Visitor,
  bytes: Buffer | string,
  name: string,
): Promise<{ status: number; error?: string; file: Uploaded }> {
  const request = visitor.agent
    .post('/attachments')
    .set('Sec-Fetch-Site', 'same-origin')
    .set('Accept', 'application/json')
  const { status, body } = await request.attach('file', Buffer.from(bytes), name)
  return { status, error: body.error, file: body.files?.[0] }
}

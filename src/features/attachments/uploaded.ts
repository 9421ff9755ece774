import { attachmentPath } from './file-name.ts'
import type { Attachment } from './queries/attachments.ts'

/** What whoever uploaded a file learns of it. */
export interface Uploaded {
  readonly id: number
  readonly kind: 'image' | 'file'
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly src: string
  /** Of pictures, in pixels. */
  readonly width: number | null
  readonly height: number | null
}

export function asUploaded(attachment: Attachment): Uploaded {
  const { id, kind, name, bytes, width, height } = attachment
  return { id, kind, name, size: bytes, src: attachmentPath(attachment), width, height }
}

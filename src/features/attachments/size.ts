import { type Message, msg } from '../../platform/errors.ts'

const [kibibyte, mebibyte] = [1024, 1024 * 1024]

/** A size in bytes as people read it. */
export function sizeInWords(bytes: number): Message {
  if (bytes >= mebibyte) return msg('attachments.size_mb', { size: Math.round((bytes / mebibyte) * 10) / 10 })
  return msg('attachments.size_kb', { size: Math.max(1, Math.round(bytes / kibibyte)) })
}

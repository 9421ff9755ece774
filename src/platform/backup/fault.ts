/** A copy cannot be made or brought back, for a reason that one line explains to whoever asked for it. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault'
}

/** What the system says about a file (no room, no permission, not there) becomes a plain line. */
export async function explainFile<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new BackupFault(`${what}: ${error.message}`, { cause: error })
    throw error
  }
}

import assert from 'node:assert/strict'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { attentionFor, type Condition } from '../../../src/features/admin/overview/attention.ts'
import { countBusyDays } from '../../../src/features/admin/overview/busy-days.ts'
import { defaults } from '../../../src/features/settings/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'

const day = 24 * 60 * 60 * 1000

forumOnBothDatabases(
  'the overview tells how busy the last days were, how large all is, and of old backups',
  async forum => {
    const { db, config } = forum
    const now = Date.now()
    const asked = { name: 'x', email: 'x@example.org', password_hash: '', group_id: 2, read_all_at: 0 }
    for (const [index, days] of [3, 3, 29, 45].entries()) {
      const name = `Old ${index}`
      const row = { ...asked, name, name_key: name, email: name, email_key: name, joined_at: now - days * day }
      await db.insertInto('members').values(row).execute()
    }
    await countBusyDays(db)
    await countBusyDays(db)
    const counted = await db.selectFrom('busy_days').selectAll().execute()
    assert.equal(counted.length, 30)
    assert.equal(
      counted.reduce((sum, { members }) => sum + members, 0),
      3,
    )
    const admin = await forum.asAdmin()
    const page = await admin.get('/admin/')
    assert.match(page.text, /4 new members, at most 2 a day/)
    assert.equal(page.count('svg[role=img]'), 3)
    assert.equal(page.count('#busy ~ * rect, .chart rect'), 90)
    assert.equal(page.count('details table tbody tr'), 30)
    assert.match(page.text, /Stoa \d+\.\d+\.\d+ · Node\.js v24\S* · (?:SQLite 3|PostgreSQL \d+)\.\d+/)
    assert.match(page.text, /Database\n[\d,.]+ MB/)
    assert.match(page.text, /There is no backup/)

    const backups = join(config.dataDir, 'backups')
    await mkdir(backups, { recursive: true })
    // A zip with nothing in it: its end is all that the list looks at.
    await writeFile(join(backups, 'one.stoa'), Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]))
    assert.doesNotMatch((await admin.get('/admin/')).text, /There is no backup|newest backup is/)
    const weekAgo = new Date(now - 7 * day - 1000)
    await utimes(join(backups, 'one.stoa'), weekAgo, weekAgo)
    assert.match((await admin.get('/admin/')).text, /The newest backup is 7 days old/)
  },
)

test('what needs attention is told, the worst first, and nothing else', () => {
  const rules = { ...defaults, smtp_url: 'smtp://mail.example.org', base_url: 'https://porch.example.org' }
  const fine: Condition = {
    rules,
    failedJobs: 0,
    failedMails: 0,
    queue: 3,
    accounts: 0,
    disk: { free: 50e9, size: 100e9 },
    newestBackup: day * 99,
    missedBackup: null,
    isCurrent: true,
    now: day * 100,
  }
  const keys = (found: Partial<Condition>) => attentionFor({ ...fine, ...found }).map(({ message }) => message.key)
  assert.deepEqual(keys({}), [])
  assert.deepEqual(keys({ disk: { free: 1.9e9, size: 500e9 }, queue: 20, failedJobs: 2 }), [
    'admin.disk_full',
    'admin.failed_jobs',
    'admin.queue_long',
  ])
  assert.deepEqual(keys({ rules: { ...rules, verify_email: 'off' }, isCurrent: false, accounts: 1, disk: null }), [
    'admin.not_current',
    'admin.verification_off',
    'admin.accounts_wait',
  ])
  assert.deepEqual(keys({ rules: defaults, newestBackup: null, failedMails: 1 }), [
    'admin.failed_mails',
    'admin.mail_off',
    'admin.backup_none',
  ])
})

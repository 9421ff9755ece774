const feature = '^src/features/([^/]+)/'

/** The floors of the house, low to high: a feature may use the doors of those before it and never of those after. */
const floors = [
  'settings',
  'groups',
  'sanctions',
  'members',
  'mail',
  'writing',
  'attachments',
  'cards',
  'forums',
  'topics',
  'posts',
  'drafts',
  'follows',
  'spam',
  'pages',
  'accounts',
  'claims',
  'reports',
  'moderation',
  'privacy',
  'admin',
]

const neverUp = floors.slice(0, -1).map((floor, level) => ({
  name: `floor-${floor}`,
  comment: 'A low feature never imports a high one: what a high one adds comes through a slot that app.ts fills.',
  severity: 'error',
  from: { path: `^src/features/${floor}/` },
  to: { path: `^src/features/(${floors.slice(level + 1).join('|')})/` },
}))

module.exports = {
  forbidden: [
    ...neverUp,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'one-door',
      comment: 'Other features see only index.ts.',
      severity: 'error',
      from: { path: feature },
      to: { path: feature, pathNot: ['^src/features/$1/', '^src/features/[^/]+/index\\.ts$'] },
    },
    {
      name: 'doors-from-outside',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/features/' },
      to: { path: feature, pathNot: '^src/features/[^/]+/index\\.ts$' },
    },
    {
      name: 'known-floors-only',
      comment: 'A new feature gets its floor in the list above.',
      severity: 'error',
      from: {},
      to: { path: feature, pathNot: `^src/features/(${floors.join('|')})/` },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^src/(platform|content)/' },
      to: { path: '^src/(features|app|work|server|cli|config)' },
    },
    {
      name: 'platform-knows-no-content',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/content/' },
    },
    {
      name: 'kysely-in-queries-only',
      severity: 'error',
      from: { path: '^src/', pathNot: ['(^|/)queries(\\.ts$|/)', '^src/platform/store/'] },
      to: { path: '(^|/)node_modules/kysely' },
    },
    {
      name: 'express-at-the-edge',
      severity: 'error',
      from: { path: '^src/', pathNot: ['(^|/)routes(\\.ts$|/)', '^src/app\\.ts$', '^src/platform/http/'] },
      to: { path: '(^|/)node_modules/(@types/)?express(-session)?/' },
    },
    {
      name: 'http-not-in-actions',
      comment: 'Only routes speak HTTP; actions, queries and policies serve jobs and commands too.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '(^|/)routes(\\.ts$|/)',
          '/index\\.ts$',
          '(^|/)forms\\.ts$',
          '^src/(app|server|cli|work)\\.ts$',
          '^src/app/',
          '^src/platform/http/',
        ],
      },
      to: { path: '^src/platform/http/' },
    },
    {
      name: 'drivers-in-the-store-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/store/' },
      to: { path: '(^|/)node_modules/(@types/)?(better-sqlite3|pg)/' },
    },
    {
      name: 'uploads-in-files-only',
      comment: 'What strangers send as files is taken apart in one place.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/files/' },
      to: { path: '(^|/)node_modules/(@types/)?(sharp|busboy)/' },
    },
    {
      name: 'nodemailer-in-mail-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/mail/' },
      to: { path: '(^|/)node_modules/(@types/)?nodemailer/' },
    },
    {
      name: 'one-way-out',
      comment: 'Whatever strangers have us fetch goes through one place, which knows where not to go.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/outward/' },
      to: { path: '(^|/)node_modules/undici/' },
    },
    {
      name: 'policy-is-pure',
      comment: 'Plain functions over types, and over the policies and states behind other doors.',
      severity: 'error',
      from: { path: '/policy\\.ts$' },
      to: {
        dependencyTypesNot: ['type-only'],
        pathNot: ['/(policy|viewer|state)\\.ts$', '^src/features/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'forms-know-zod-only',
      severity: 'error',
      from: { path: '/forms\\.ts$' },
      to: { pathNot: ['(^|/)node_modules/zod', '/forms\\.ts$', '^src/platform/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'declared-packages',
      comment: 'What the forum needs is in `dependencies`, not there by luck because others or the tests need it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'resolved', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}

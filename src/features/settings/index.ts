export { hueOf } from './accents.ts'
export { settingsForm, settingsIn } from './form.ts'
export { logoBox, shownLogo } from './logo.ts'
export { canSendMail, type Verification, verificationOf } from './mail.ts'
export { overruledSettings, overruleSettings, settings, writeSettings } from './queries.ts'
export {
  defaults,
  type Logo,
  type Registration,
  registry,
  type Setting,
  type SettingGroup,
  type SettingKey,
  type Settings,
  settingGroups,
} from './registry.ts'

/** Content, not interface: it stands in the language of a new forum until its administrator changes it. */
export const category = { name: 'Community', description: '' }

export const forums = [
  { name: 'News and announcements', description: 'What is new here, and what is about to change.' },
  { name: 'General discussion', description: 'Say hello, or talk about whatever has no place of its own.' },
  { name: 'Questions and help', description: 'Ask what you want to know, and answer what you can.' },
]

export const welcome = {
  /** Its place in the list of forums. */
  forum: 1,
  title: 'Welcome! You can reply before you register',
  body: `Good to see you here. This forum has just opened, and you are among the first.

**You can write right away.** Type your reply below and press *Submit Reply*. Only then choose a name and a password, or sign in: your text is kept for you in the meantime, and nothing you wrote is lost on the way.

A few things that are good to know:

- *Quote* under a post takes its text into your reply. Your reader can follow it back to where it was said.
- You can format what you write: \`**bold**\`, \`*italics*\`, lists, links and quotes. *Preview* shows how it will look.
- *Link to comment* on a post gives you an address that always leads to exactly that post.

## If this is your forum

Rename these forums, add your own and decide who may do what on the administration pages; you find them in the menu under your name. This topic is yours: edit it until it says what your visitors should know first.

Now say hello. Who are you, and what brings you here?`,
}

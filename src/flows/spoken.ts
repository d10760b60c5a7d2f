/** Whether Asterisk reads a medium aloud, sound by sound, which nothing stops. */
export function isSpoken(mediaUri: string): boolean {
  return /^(number|digits|characters):/.test(mediaUri);
}

/** Whether something is read aloud after the first medium of a playback. */
export function isSpokenLate(media: readonly string[]): boolean {
  return media.slice(1).some(isSpoken);
}

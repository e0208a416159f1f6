import { Damaged } from './damaged.ts';

/** Nothing shorter is a payload. */
const shortest = 16;

// gzip's magic, `#cloud-`, `#!/`, `#includ`, `Content-Ty`, `MIME-Versio`, `## templ`, `#part-h`, and base64 of base64 of the first two.
const starts =
  /^(H4sI|I2Nsb3Vk|IyEv|I2luY2x1|Q29udGVudC1Ue|TUlNRS1WZXJzaW|IyMgdGVt|I2Jvb3Ro|I2ZsZX|SDRzS|STJOc2I|I3BhcnQta)/;

/** Whether a text is base64 of something that a machine could read. */
export const isBase64 = (text: string): boolean => text.length >= shortest && starts.test(text.trimStart());

/** Decodes base64, with line breaks where they may stand; anything else in it is damage. */
export function fromBase64(text: string): Buffer {
  const bare = text.replace(/\s+/g, '');
  const stray = /[^A-Za-z0-9+/=]|=(?=[^=])/.exec(bare);
  if (stray !== null) {
    throw new Damaged(
      `its base64 has something else after ${stray.index} characters`,
      'copy it whole, without quotes or a prompt',
    );
  }
  const digits = bare.replace(/=+$/, '').length;
  if (bare.length % 4 !== 0 || digits % 4 === 1)
    throw new Damaged('its base64 is cut off', 'copy it whole, to the last `=`');
  return Buffer.from(bare, 'base64');
}

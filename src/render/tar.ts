/** The longest name that a header of ustar holds without more ado. */
const longestName = 100;

const block = 512;

/** A number as ustar has it: octal digits, ended by NUL. */
const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;

/** One block of POSIX.1-1988 ustar: a plain file of root's, without a time. */
export function tarHeader(path: string, mode: number, size: number): Buffer {
  const fields = (checksum: string) =>
    Buffer.from(
      [
        path.padEnd(longestName, '\0'),
        octal(mode, 8),
        octal(0, 8),
        octal(0, 8),
        octal(size, 12),
        octal(0, 12),
        checksum,
        '0',
        '\0'.repeat(100),
        'ustar\0',
        '00',
      ]
        .join('')
        .padEnd(block, '\0'),
      'latin1',
    );
  // It counts itself as eight spaces.
  const sum = fields(' '.repeat(8)).reduce((total, byte) => total + byte, 0);
  return fields(`${octal(sum, 7)} `);
}

/** What comes behind a file of so many bytes. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((block - (size % block)) % block);

/** The end of an archive. */
export const tarEnd = Buffer.alloc(2 * block);

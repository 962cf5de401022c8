// Text as the programs of this world write it: Windows PowerShell writes UTF-16 where a shell redirects, and some editors
// begin a file with a byte order mark.

/** The text of a file's bytes, without a byte order mark: UTF-16 where one says so, else UTF-8. */
export function decodedText(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return withoutMark(bytes.toString("utf16le"));
  if (first === 0xfe && second === 0xff) {
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
    return withoutMark(Buffer.from(even).swap16().toString("utf16le"));
  }
  return withoutMark(bytes.toString("utf8"));
}

const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

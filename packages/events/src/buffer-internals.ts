/**
 * Buffer's own conversions, without the choice of an encoding that `toString` and `write` make at
 * every call: for texts as short as ours that choice is a third of the time. Node has had them
 * since its first versions and avsc uses them too; they are not in its type declarations.
 */
declare global {
  interface Buffer {
    latin1Slice(start: number, end: number): string;
    utf8Slice(start: number, end: number): string;
    /** The number of bytes written: whole characters, at most `length` bytes. */
    utf8Write(text: string, at: number, length: number): number;
  }
}
export {};

declare module 'fs-native-extensions' {
  /** True when the lock on the whole file was granted; see the package's README. */
  export function tryLock(fd: number): boolean;
}

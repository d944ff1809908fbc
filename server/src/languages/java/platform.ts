/** Classes that every file can name without an import. */
const CLASSES = new Set(
  `Object String Integer Long Boolean Double Float Short Byte Character Number Math StrictMath System Thread ThreadLocal ThreadGroup Runnable Runtime Iterable Comparable
  CharSequence Cloneable AutoCloseable Appendable Readable StringBuilder StringBuffer Class ClassLoader Enum Record Void Process ProcessBuilder Module Package StackTraceElement
  Throwable Exception RuntimeException Error Override Deprecated SuppressWarnings FunctionalInterface SafeVarargs AssertionError OutOfMemoryError StackOverflowError LinkageError
  NoClassDefFoundError ExceptionInInitializerError InterruptedException CloneNotSupportedException ReflectiveOperationException ClassNotFoundException NoSuchFieldException
  NoSuchMethodException InstantiationException IllegalAccessException IllegalArgumentException IllegalStateException IllegalMonitorStateException NumberFormatException
  NullPointerException IndexOutOfBoundsException ArrayIndexOutOfBoundsException StringIndexOutOfBoundsException NegativeArraySizeException ArrayStoreException ArithmeticException
  ClassCastException SecurityException UnsupportedOperationException`.split(/\s+/),
);

/** Whether a class can be named without an import. */
export function isPlatformClass(name: string): boolean {
  return CLASSES.has(name);
}

/** Classes that every error of a program extends. */
export function takesEverything(name: string): boolean {
  return /^(?:java\.lang\.)?(?:Exception|Throwable)$/.test(name);
}

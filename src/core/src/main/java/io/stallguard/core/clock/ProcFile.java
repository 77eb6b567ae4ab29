package io.stallguard.core.clock;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import org.jspecify.annotations.Nullable;

/** Numbers in a small file of the kernel's that is read again and again. One thread. */
public final class ProcFile {
  // Kept open, and read from its begin into the same buffer: a read costs a system call or two and
  // allocates nothing.

  /** For how many calls a file that cannot be read is not tried again. */
  private static final int PATIENCE = 240;

  private final String path;
  private final byte[] text = new byte[512];
  private @Nullable RandomAccessFile file;
  private int length;
  private int position;
  private int patience;

  public ProcFile(String path) {
    this.path = path;
  }

  /** Reads the file anew; false if that is not possible, whatever the reason. */
  public boolean read() {
    if (patience > 0) {
      patience--;
      return false;
    }
    try {
      RandomAccessFile open = file == null ? open() : file;
      file = open;
      open.seek(0);
      length = open.read(text);
      position = 0;
      return length > 0;
    } catch (Throwable t) {
      // No such file, no right, no descriptor, no memory; or the thread that it is about is gone.
      close();
      patience = PATIENCE;
      return false;
    }
  }

  @SuppressWarnings("removal")
  private RandomAccessFile open() throws PrivilegedActionException {
    return AccessController.doPrivileged(
        (PrivilegedExceptionAction<RandomAccessFile>) () -> new RandomAccessFile(path, "r"));
  }

  /** Goes on behind the last place that has this character, if any has. */
  public void skipBehindLast(char character) {
    for (int i = length - 1; i >= 0; i--) {
      if (text[i] == character) {
        position = i + 1;
        return;
      }
    }
  }

  /** Goes on behind so many words. */
  void skipWords(int count) {
    for (int i = 0; i < count; i++) {
      skipBlanks();
      while (position < length && text[position] > ' ') {
        position++;
      }
    }
  }

  private void skipBlanks() {
    while (position < length && text[position] <= ' ') {
      position++;
    }
  }

  /** The number that comes next, 0 if none does. */
  public long next() {
    skipBlanks();
    long number = 0;
    while (position < length && text[position] >= '0' && text[position] <= '9') {
      number = number * 10 + text[position] - '0';
      position++;
    }
    return number;
  }

  /** The character that comes next, a blank if none does. */
  public char nextCharacter() {
    skipBlanks();
    return position < length ? (char) text[position++] : ' ';
  }

  public void close() {
    RandomAccessFile open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Read only: there is nothing to lose.
      }
    }
  }
}

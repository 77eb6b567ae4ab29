package io.stallguard.agent;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file that is held open, and whether it is still what it was when it was opened. Any thread.
 *
 * <p>A file that was replaced by a rename still is: the old one stays until nobody has it open.
 */
final class OpenFile {
  /**
   * How much of the file's end is remembered: there stands the directory of a jar, and ours takes
   * 350 kB.
   */
  private static final int TAIL_BYTES = 512 * 1024;

  private static final int BUFFER_BYTES = 64 * 1024;

  private final File path;
  private final RandomAccessFile file;
  private final long length;
  private final AtomicBoolean changed = new AtomicBoolean();
  private volatile @Nullable Runnable listener;

  /** The time of the path's last change, as it was when the end of the file was last looked at. */
  private long modifiedMillis;

  private long tailChecksum;

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read
   */
  OpenFile(File path) throws IOException {
    this.path = path;
    this.file = new RandomAccessFile(path, "r");
    this.length = file.length();
  }

  /** Lets something be run when the file turns out to have changed, once, by any thread. */
  void listen(Runnable told) {
    listener = told;
  }

  /** Whether the file has changed as far as is known, or has another length than it had. Quick. */
  boolean isChanged() {
    lookAtLength();
    return changed.get();
  }

  /** Tells a change that the length shows. */
  void lookAtLength() {
    if (!changed.get() && lengthNow() != length) {
      changed();
    }
  }

  /** The length of the file now; below any length if it cannot be told. */
  private long lengthNow() {
    try {
      return file.length();
    } catch (IOException e) {
      return -1;
    }
  }

  /**
   * Remembers the end of the file, once.
   *
   * @throws IOException if it cannot be read
   */
  synchronized void remember() throws IOException {
    if (tailChecksum == 0) {
      modifiedMillis = modifiedMillis();
      tailChecksum = tailChecksum();
    }
  }

  /** Whether the file has changed, at the same length too: since {@link #remember}. */
  synchronized boolean looksChanged() {
    long now = modifiedMillis();
    if (!isChanged() && tailChecksum != 0 && now != modifiedMillis) {
      modifiedMillis = now;
      compareTail();
    }
    return changed.get();
  }

  private long modifiedMillis() {
    try {
      return path.lastModified();
    } catch (SecurityException e) {
      // The app's security manager does not let us look: the length has to do.
      return 0;
    }
  }

  private void compareTail() {
    try {
      if (tailChecksum() != tailChecksum) {
        changed();
      }
    } catch (IOException e) {
      changed();
    }
  }

  private long tailChecksum() throws IOException {
    CRC32 checksum = new CRC32();
    byte[] buffer = new byte[BUFFER_BYTES];
    file.seek(Math.max(0, length - TAIL_BYTES));
    for (int count = file.read(buffer); count >= 0; count = file.read(buffer)) {
      checksum.update(buffer, 0, count);
    }
    return checksum.getValue();
  }

  /** Notes that the file has been found to be another. */
  void changed() {
    Runnable told = listener;
    if (changed.compareAndSet(false, true) && told != null) {
      told.run();
    }
  }
}

package io.stallguard.core.report;

import io.stallguard.core.words.LogLevel;
import io.stallguard.core.words.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.Consumer;

/** A file that reports go to, with a few old ones behind it: {@code x.log}, {@code x.log.1} ... */
final class LogFile implements Log {
  // Opened for each piece: reports are rare, nothing is held open, and whoever moves the file away
  // gets a new one.

  private static final long MOST_BYTES = 10L * 1024 * 1024;
  private static final int OLD_FILES = 4;

  private final String name;
  private final boolean stamped;
  private final Log otherwise;
  private final long mostBytes;

  /**
   * Makes a log that writes to a file.
   *
   * @param stamped whether each piece gets its time in front
   * @param otherwise takes what the file cannot
   */
  LogFile(String name, boolean stamped, Consumer<String> otherwise) {
    this(name, stamped, otherwise, MOST_BYTES);
  }

  LogFile(String name, boolean stamped, Consumer<String> otherwise, long mostBytes) {
    this.name = name;
    this.stamped = stamped;
    this.otherwise = Log.of(otherwise);
    this.mostBytes = mostBytes;
  }

  @Override
  public synchronized void write(LogLevel level, String message) {
    String piece = (stamped ? Instant.now() + " " + message : message) + System.lineSeparator();
    try {
      Path file = Paths.get(name);
      if (Files.exists(file) && Files.size(file) >= mostBytes) {
        rotate();
      }
      Files.write(
          file,
          piece.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException | RuntimeException e) {
      otherwise.write(level, message);
      String why = Texts.clean(String.valueOf(e), 300);
      otherwise.write(LogLevel.WARN, "log.file cannot be written: " + why);
    }
  }

  private void rotate() throws IOException {
    for (int i = OLD_FILES - 1; i >= 0; i--) {
      Path from = Paths.get(i == 0 ? name : name + "." + i);
      if (Files.exists(from)) {
        Files.move(from, Paths.get(name + "." + (i + 1)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}

package io.stallguard.testapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A cgroup of either version for one process, removed again once that has ended. */
final class Cgroup implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final int TRIES = 100;

  private final Path folder;

  private Cgroup(String controller, String name) {
    Path parent = Files.isDirectory(ROOT.resolve(controller)) ? ROOT.resolve(controller) : ROOT;
    folder = parent.resolve("stallguard-" + name);
    try {
      if (parent.equals(ROOT)) {
        Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+" + controller);
      }
      Files.createDirectory(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("no cgroup of " + controller + " can be had", e);
    }
  }

  /**
   * Whether this machine has one with such a file, and this user may make it. One at a time, as all
   * try with the same name.
   */
  static synchronized boolean possible(String controller, String... files) {
    try (Cgroup group = new Cgroup(controller, "try-" + ProcessHandle.current().pid())) {
      return group.hasAny(files);
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private boolean hasAny(String... files) {
    for (String file : files) {
      if (has(file)) {
        return true;
      }
    }
    return false;
  }

  /** A new one, with the process in it. */
  static Cgroup of(String controller, long pid) {
    Cgroup group = new Cgroup(controller, "of-" + pid);
    group.set("cgroup.procs", Long.toString(pid));
    return group;
  }

  boolean has(String file) {
    return Files.exists(folder.resolve(file));
  }

  void set(String file, String value) {
    try {
      Files.writeString(folder.resolve(file), value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process that was killed is in its group until it has been reaped. */
  @Override
  public void close() {
    for (int i = 0; i < TRIES && Files.exists(folder); i++) {
      if (!folder.toFile().delete()) {
        Commands.pause(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
  }
}

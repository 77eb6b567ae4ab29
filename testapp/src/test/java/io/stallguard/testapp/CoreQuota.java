package io.stallguard.testapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A bound on the processor time of one process, as a container has it: a cgroup of either version,
 * where root may make one. Removed again once the process has ended or left.
 */
final class CoreQuota implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final int PERIOD_MICROS = 100_000;
  private static final int TRIES = 100;

  private final Path parent;
  private final Path folder;

  private CoreQuota(String name, double cores) throws IOException {
    boolean first = Files.isDirectory(ROOT.resolve("cpu"));
    parent = first ? ROOT.resolve("cpu") : ROOT;
    folder = parent.resolve("stallguard-cpu-" + name);
    String micros = Long.toString(Math.round(cores * PERIOD_MICROS));
    if (!first) {
      Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+cpu");
    }
    Files.createDirectory(folder);
    try {
      if (first) {
        Files.writeString(folder.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
        Files.writeString(folder.resolve("cpu.cfs_quota_us"), micros);
      } else {
        Files.writeString(folder.resolve("cpu.max"), micros + " " + PERIOD_MICROS);
      }
    } catch (IOException e) {
      remove();
      throw e;
    }
  }

  /** Whether this machine lets us. */
  static boolean possible() {
    try (CoreQuota none = new CoreQuota("try-" + ProcessHandle.current().pid(), 1)) {
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /**
   * Holds a process to it from now on.
   *
   * @param cores how many it has, or what part of one
   */
  static CoreQuota of(long pid, double cores) {
    try {
      CoreQuota quota = new CoreQuota("of-" + pid, cores);
      quota.move(quota.folder, Long.toString(pid));
      return quota;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void move(Path group, String pid) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), pid);
  }

  /** Lets it go, so that it can end in time. */
  @Override
  public void close() {
    try {
      for (String pid : Files.readAllLines(folder.resolve("cgroup.procs"))) {
        move(parent, pid);
      }
    } catch (IOException e) {
      // It has ended.
    }
    remove();
  }

  private void remove() {
    for (int i = 0; i < TRIES && Files.exists(folder); i++) {
      if (!folder.toFile().delete()) {
        Commands.pause(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
  }
}

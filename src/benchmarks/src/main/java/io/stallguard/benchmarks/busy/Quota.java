package io.stallguard.benchmarks.busy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A bound on the processor time of this JVM, as a container has it. */
final class Quota implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final int PERIOD_MICROS = 100_000;

  private final Path parent;
  private final Path folder;

  private Quota(Path parent, Path folder) {
    this.parent = parent;
    this.folder = folder;
  }

  /**
   * Holds this JVM to it from now on, by a cgroup of either version.
   *
   * @param cores how many it has, or what part of one
   * @return null where that cannot be had
   */
  static @Nullable Quota take(double cores) {
    boolean first = Files.isDirectory(ROOT.resolve("cpu"));
    Path parent = first ? ROOT.resolve("cpu") : ROOT;
    Quota quota =
        new Quota(parent, parent.resolve("stallguard-bench-" + ProcessHandle.current().pid()));
    String micros = Long.toString(Math.round(cores * PERIOD_MICROS));
    try {
      if (first) {
        Files.createDirectory(quota.folder);
        Files.writeString(quota.folder.resolve("cpu.cfs_quota_us"), micros);
      } else {
        Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+cpu");
        Files.createDirectory(quota.folder);
        Files.writeString(quota.folder.resolve("cpu.max"), micros + " " + PERIOD_MICROS);
      }
      quota.enter(quota.folder);
      return quota;
    } catch (IOException e) {
      quota.remove();
      return null;
    }
  }

  private void enter(Path group) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
  }

  @Override
  public void close() {
    try {
      enter(parent);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    remove();
  }

  private void remove() {
    boolean unused = folder.toFile().delete();
  }
}

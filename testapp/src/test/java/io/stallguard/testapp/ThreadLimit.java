package io.stallguard.testapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What keeps one process from making threads for a while: a cgroup with a limit on pids where root
 * may make one (either version), because root is exempt from limits of users; else such a limit.
 */
abstract class ThreadLimit implements AutoCloseable {

  static ThreadLimit of(long pid) {
    return isRoot() ? new Group(pid) : new UserLimit(pid);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Whether this machine has what it takes. */
  static boolean possible() {
    return isRoot() ? Group.possible() : Commands.works("prlimit", "--version");
  }

  /** From now on no thread can be made. */
  abstract void forbid();

  /** From now on threads can be made again. */
  abstract void allow();

  @Override
  public void close() {}

  /** A cgroup for the process. */
  private static final class Group extends ThreadLimit {
    private static final String MOST = "pids.max";

    private final Cgroup group;

    static boolean possible() {
      return Cgroup.possible("pids", MOST);
    }

    Group(long pid) {
      group = Cgroup.of("pids", pid);
    }

    @Override
    void forbid() {
      group.set(MOST, "1");
    }

    @Override
    void allow() {
      group.set(MOST, "max");
    }

    @Override
    public void close() {
      group.close();
    }
  }

  /** Counts all threads of the user, so that a limit of one is always reached. */
  private static final class UserLimit extends ThreadLimit {
    private final long pid;

    UserLimit(long pid) {
      this.pid = pid;
    }

    @Override
    void forbid() {
      set("1:");
    }

    @Override
    void allow() {
      set(hardLimit() + ":");
    }

    private void set(String limit) {
      Commands.run("prlimit", "--pid", Long.toString(pid), "--nproc=" + limit);
    }

    private String hardLimit() {
      try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/limits"))) {
        String line = lines.filter(each -> each.startsWith("Max processes")).findFirst().get();
        return line.substring("Max processes".length()).trim().split("\\s+")[1];
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

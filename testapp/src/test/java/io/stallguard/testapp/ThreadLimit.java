package io.stallguard.testapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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

  /** A cgroup for the process, removed again once that has ended. */
  private static final class Group extends ThreadLimit {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final int TRIES = 100;

    private final Path folder;

    /** One at a time, as all try with the same name. */
    static synchronized boolean possible() {
      try (Group group = new Group("try-" + ProcessHandle.current().pid())) {
        return Files.exists(group.folder.resolve("pids.max"));
      } catch (UncheckedIOException e) {
        return false;
      }
    }

    Group(long pid) {
      this("of-" + pid);
      try {
        write(folder.resolve("cgroup.procs"), Long.toString(pid));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Group(String name) {
      Path parent = Files.isDirectory(ROOT.resolve("pids")) ? ROOT.resolve("pids") : ROOT;
      folder = parent.resolve("stallguard-" + name);
      try {
        if (parent.equals(ROOT)) {
          write(ROOT.resolve("cgroup.subtree_control"), "+pids");
        }
        Files.createDirectory(folder);
      } catch (IOException e) {
        throw new UncheckedIOException("no cgroup with a limit on pids can be had", e);
      }
    }

    @Override
    void forbid() {
      set("1");
    }

    @Override
    void allow() {
      set("max");
    }

    private void set(String most) {
      try {
        write(folder.resolve("pids.max"), most);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void write(Path file, String text) throws IOException {
      Files.writeString(file, text);
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

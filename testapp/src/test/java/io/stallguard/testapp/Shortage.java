package io.stallguard.testapp;

import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.OutputLine;
import java.time.Duration;

/** What an app is short of while its streams run out. */
abstract class Shortage implements AutoCloseable {
  /** Begins before the first limit is reached, and ends well after the last one. */
  static final long HOLD_MILLIS = Fleet.LIMIT_MILLIS + 2_000;

  /** A whole collection follows the other while the heap is full, on a machine that is busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What the JVM needs for it. */
  JavaCommand prepare(JavaCommand command) {
    return command;
  }

  /** Before the streams are asked for. */
  void prepare(ProbeProcess process) {}

  /** All streams have gone silent. */
  void begin(ProbeProcess process) {}

  /**
   * Waits until what was short is back.
   *
   * @return when that was, in {@link System#nanoTime()}
   */
  long awaitEnd(ProbeProcess process) {
    return System.nanoTime();
  }

  /** Whether the app's callbacks may ask again: a request that fails by itself is no stall. */
  boolean letsCallbacksRetry() {
    return true;
  }

  /** Whether streams are to stall before, so that the agent has the threads for aborts by then. */
  boolean wantsAbortThreads() {
    return false;
  }

  /**
   * Whether threads of clients may die of it, and leave behind what only they could have brought to
   * an end: a connection of a reactor that is gone stays open at the server, with us or without.
   */
  boolean killsClients() {
    return false;
  }

  /** Whether all that fails is ours: an app that cannot allocate fails by itself, too. */
  boolean isOursAlone() {
    return true;
  }

  @Override
  public void close() {}

  /** Of nothing: only callbacks behave badly. */
  static Shortage none() {
    return new Shortage() {};
  }

  /** No thread can be made. */
  static Shortage ofThreads() {
    return new Shortage() {
      private ThreadLimit limit;

      @Override
      void prepare(ProbeProcess process) {
        process.run(JobLine.command("end-idle-threads", "end-idle-threads", 0));
        limit = ThreadLimit.of(process.process().pid());
      }

      @Override
      boolean wantsAbortThreads() {
        return true;
      }

      @Override
      void begin(ProbeProcess process) {
        limit.forbid();
      }

      @Override
      long awaitEnd(ProbeProcess process) {
        Commands.pauseMillis(HOLD_MILLIS);
        limit.allow();
        return System.nanoTime();
      }

      @Override
      boolean letsCallbacksRetry() {
        return false;
      }

      @Override
      boolean isOursAlone() {
        return false;
      }

      @Override
      public void close() {
        if (limit != null) {
          limit.close();
        }
      }
    };
  }

  /** The heap is full. */
  static Shortage ofHeap() {
    return new Shortage() {
      @Override
      JavaCommand prepare(JavaCommand command) {
        return command.jvmOptions("-Xmx48m", "-XX:+UseSerialGC");
      }

      @Override
      void begin(ProbeProcess process) {
        process.send(JobLine.command("fill-heap", "fill-heap", HOLD_MILLIS));
      }

      @Override
      long awaitEnd(ProbeProcess process) {
        OutputLine line =
            process
                .process()
                .awaitLine(OutputLine.Source.OUT, text -> text.startsWith("FILLED\t"), PATIENCE);
        return Long.parseLong(line.text().split("\t")[2]);
      }

      @Override
      boolean letsCallbacksRetry() {
        return false;
      }

      @Override
      boolean killsClients() {
        return true;
      }

      @Override
      boolean isOursAlone() {
        return false;
      }
    };
  }

  /** Nobody reads standard error, and a thread of the app's waits there with its lock. */
  static Shortage ofReadersOfErrors() {
    return new Shortage() {
      @Override
      JavaCommand prepare(JavaCommand command) {
        return command.errorsUnread();
      }

      @Override
      void prepare(ProbeProcess process) {
        process.run(JobLine.command("fill-errors", "fill-errors", 0));
      }
    };
  }
}

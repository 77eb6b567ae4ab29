package io.stallguard.benchmarks;

import io.stallguard.core.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Opens streams, lets a tenth of them go silent and prints how long after the limit each was
 * aborted.
 */
public final class Lateness {
  // A thread for each reader would measure the scheduler of this machine. A few threads stand for
  // all readers: they bring each stream a chunk and begin its demand again, in passes whose pauses
  // vary, so that silences begin anywhere between two ticks of the watchdog. A reader thread that
  // is itself held up makes silences that were not planned: they are judged like the others.

  private static final int READERS = 2;
  private static final int SILENT_PART = 10;
  private static final int PAUSE_MILLIS = 20;
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SPREAD_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A fixed seed: each run draws the same silences, so that runs can be compared. */
  private static final long SEED = 20261121;

  private final long limitNanos;
  private final Engine engine;
  private final Releases releases;
  private final List<SilentStream> streams = new ArrayList<>();
  private final long lastSilenceNanos;
  private int planned;
  private volatile boolean done;

  private Lateness(int count, int limitSeconds, long spreadNanos) {
    limitNanos = TimeUnit.SECONDS.toNanos(limitSeconds);
    engine = Streams.engine("idle=" + limitSeconds + "s,first-byte=" + limitSeconds + "s");
    releases = new Releases(limitNanos);
    Random random = new Random(SEED);
    long first = System.nanoTime() + SETTLE_NANOS;
    lastSilenceNanos = first + spreadNanos;
    for (int i = 0; i < count; i++) {
      boolean silent = random.nextInt(SILENT_PART) == 0;
      long offset = (long) (random.nextDouble() * spreadNanos);
      long silentFrom = silent ? first + offset : first + (1L << 60);
      streams.add(new SilentStream(releases, silentFrom).open(engine));
      planned += silent ? 1 : 0;
    }
  }

  /**
   * Runs.
   *
   * @param arguments the number of streams, then the idle limits in seconds
   */
  public static void main(String[] arguments) throws InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    System.out.println(count + " streams, " + Machine.description());
    System.out.println(Releases.HEADER);
    boolean kept = true;
    for (int i = 1; i < arguments.length; i++) {
      int limit = Integer.parseInt(arguments[i]);
      kept &= new Lateness(count, limit, SPREAD_NANOS).run("idle=" + limit + "s");
      kept &= new Lateness(count, limit, 0).run("idle=" + limit + "s, all at once");
    }
    System.out.println(Machine.load() + (kept ? ", aim met" : ", aim missed"));
    System.exit(kept ? 0 : 1);
  }

  private boolean run(String name) throws InterruptedException {
    List<Thread> readers = startReaders();
    long deadline = lastSilenceNanos + limitNanos + PATIENCE_NANOS;
    while (releases.count() < planned && System.nanoTime() - deadline < 0) {
      Thread.sleep(PAUSE_MILLIS);
    }
    done = true;
    for (Thread reader : readers) {
      reader.join();
    }
    streams.forEach(SilentStream::end);
    System.out.println(releases.line(name, planned));
    return releases.isPromiseKept(planned);
  }

  private List<Thread> startReaders() {
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      int part = i;
      Thread reader = new Thread(() -> read(part), "reader-" + i);
      reader.start();
      readers.add(reader);
    }
    return readers;
  }

  private void read(int part) {
    Random random = new Random(SEED + part);
    while (!done) {
      for (int i = part; i < streams.size(); i += READERS) {
        streams.get(i).pass();
      }
      pause(1 + random.nextInt(PAUSE_MILLIS));
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody has a reason to interrupt a reader", e);
    }
  }
}

package io.stallguard.testapp;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests of one run: one after another on each thread, all on one client. */
final class Requests {
  private final StreamingClient client;
  private final Options options;
  private final PrintStream out;
  private final PrintStream err;
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger completed = new AtomicInteger();

  Requests(StreamingClient client, Options options, PrintStream out, PrintStream err) {
    this.client = client;
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /** Whether every answer was complete. */
  boolean run() throws Exception {
    if (options.parallel() == 1) {
      repeat();
    } else {
      inParallel();
    }
    if (isSeveral()) {
      out.println(completed + " of " + total() + " answers completed");
    }
    return completed.get() == total();
  }

  private void inParallel() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(options.parallel());
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < options.parallel(); i++) {
        tasks.add(this::repeat);
      }
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private Void repeat() {
    for (int i = 0; i < options.repeat(); i++) {
      request();
    }
    return null;
  }

  private void request() {
    int number = started.incrementAndGet();
    Answer answer = new Answer(out, err, isSeveral() ? "#" + number + " " : "");
    try {
      client.stream(options.prompt(), answer);
    } catch (Throwable failure) {
      // Also errors: what ended the answer is what this application is there to show.
      answer.failed(failure);
      return;
    }
    answer.completed();
    completed.incrementAndGet();
  }

  private boolean isSeveral() {
    return total() > 1;
  }

  private int total() {
    return options.parallel() * options.repeat();
  }
}

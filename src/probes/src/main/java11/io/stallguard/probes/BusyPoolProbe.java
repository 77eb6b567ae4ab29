package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream of the JDK's HttpClient whose client is kept from delivering it for the job's pause, from
 * half a second after the head on. The form says by what, and then after a slash how the app takes
 * the body; with {@code head} it is half a second after the request, and the head that waits.
 */
final class BusyPoolProbe implements Probe {
  private static final int BEFORE_MILLIS = 500;

  /** Of a server that has no more to send for now; below any limit. */
  private static final int QUIET_MILLIS = 1_000;

  private static final int POLL_MILLIS = 20;

  /** The second half of the answer comes when the stream is under way. */
  private static final String IN_HALVES = "/json?half=true&delay-ms=" + BEFORE_MILLIS;

  private static final int SIBLINGS = 4;

  private static final String ALIVE = "/scenario/slow-but-alive;period-ms=9/";
  private static final String UNREAD = "/scenario/slow-consumer;burst-bytes=200000/";

  private static final AtomicBoolean COMPUTING = new AtomicBoolean();

  @Override
  public void run(Job job, Received received) throws Exception {
    String[] form = job.form().split("/");
    Setup setup = setup(form[0], job, received);
    if (!setup.cold && (job.http2() || form[1].equals("head"))) {
      // Opens the one connection that the others share; and a head's time is not that of a start.
      HttpRequest plain = HttpRequest.newBuilder(URI.create(job.url()).resolve("/json")).build();
      setup.client(job).send(plain, BodyHandlers.discarding());
    }
    read(setup, form[1], job, received);
  }

  /** Has the client kept busy a while after the head has come. */
  private static <T> BodyHandler<T> busyLater(
      Setup setup, Received received, BodyHandler<T> handler) {
    return head -> {
      received.head();
      later(setup);
      return handler.apply(head);
    };
  }

  private static void later(Setup setup) {
    CompletableFuture.delayedExecutor(
            BEFORE_MILLIS, TimeUnit.MILLISECONDS, task -> daemon(task).start())
        .execute(setup.busy);
  }

  private static Setup setup(String kind, Job job, Received received)
      throws ReflectiveOperationException {
    Setup setup = new Setup();
    switch (kind) {
      case "cold":
        setup.cold = true;
        return busyFromTheBegin(setup, job);
      case "begun-async":
        setup.async = true;
        return busyFromTheBegin(setup, job);
      case "common":
        setup.async = true;
        setup.before = () -> busyCommonPool(job);
        break;
      case "begun":
        return busyFromTheBegin(setup, job);
      case "task":
        setup.pool(Executors.newFixedThreadPool(1, BusyPoolProbe::daemon));
        setup.busy = () -> setup.executor.execute(() -> pause(job));
        break;
      case "answer":
        setup.pool(Executors.newFixedThreadPool(1, BusyPoolProbe::daemon));
        setup.busy = () -> slowAnswer(setup.client(job), job, IN_HALVES);
        break;
      case "siblings":
        setup.pool(Executors.newFixedThreadPool(SIBLINGS, BusyPoolProbe::daemon));
        setup.busy = () -> slowSiblings(setup.client(job), job);
        break;
      case "lane":
        setup.busy = () -> slowAnswer(setup.client(job), job, IN_HALVES);
        break;
      case "window":
        setup.busy = () -> unreadSiblings(setup.client(job), job);
        break;
      case "virtual":
        setup.pool(
            (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        setup.busy = () -> setup.executor.execute(() -> compute(job));
        break;
      case "refusing":
        ExecutorService ending = Executors.newCachedThreadPool(BusyPoolProbe::daemon);
        setup.pool(ending);
        setup.busy = () -> endOnceQuiet(ending, received);
        break;
      case "caller":
        setup.executor = Runnable::run;
        setup.busy = () -> slowAnswer(setup.client(job), job, IN_HALVES);
        break;
      case "blocking":
        Gate gate = new Gate();
        setup.executor = gate;
        setup.busy = () -> gate.close(job);
        break;
      default:
        throw job.unknownForm();
    }
    return setup;
  }

  /** The request is begun while the pool is busy. */
  private static Setup busyFromTheBegin(Setup setup, Job job) {
    ExecutorService pool = Executors.newFixedThreadPool(1, BusyPoolProbe::daemon);
    setup.pool(pool);
    setup.before = () -> pool.execute(() -> pause(job));
    return setup;
  }

  /** Not before the body was asked for and all of it has come: without an executor both fail. */
  private static void endOnceQuiet(ExecutorService pool, Received received) {
    while (received.isEmpty() || received.silentMillis() < QUIET_MILLIS) {
      sleep(POLL_MILLIS);
    }
    pool.shutdown();
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void busyCommonPool(Job job) {
    ForkJoinPool pool = ForkJoinPool.commonPool();
    for (int i = 0; i < 2 * pool.getParallelism(); i++) {
      pool.execute(() -> pause(job));
    }
  }

  private static void read(Setup setup, String form, Job job, Received received)
      throws Exception {
    HttpClient client = setup.client(job);
    HttpRequest request = request(job.url());
    switch (form) {
      case "head":
        // From here on the head is waited for.
        received.head();
        setup.before.run();
        later(setup);
        received.add(
            setup.async
                ? client.sendAsync(request, BodyHandlers.ofString()).get().body()
                : client.send(request, BodyHandlers.ofString()).body());
        break;
      case "future":
        setup.before.run();
        received.add(client.sendAsync(request, BodyHandlers.ofString()).get().body());
        break;
      case "callback":
        setup.before.run();
        CompletableFuture<String> told = new CompletableFuture<>();
        client
            .sendAsync(request, BodyHandlers.ofString())
            .whenComplete((answer, failure) -> told.completeExceptionally(failure));
        received.add(told.get());
        break;
      case "input-stream":
        HttpResponse<InputStream> response = client.send(request, busyLater(setup, received, BodyHandlers.ofInputStream()));
        received.head();
        unhurried(received).readAll(response.body());
        break;
      case "lines":
        client.send(request, busyLater(setup, received, BodyHandlers.ofLines())).body().forEach(line -> received.add(line + "\n"));
        break;
      case "string":
        received.add(client.send(request, busyLater(setup, received, BodyHandlers.ofString())).body());
        break;
      case "line-subscriber":
        LineCollector lines = new LineCollector(unhurried(received));
        client.sendAsync(request, busyLater(setup, received, BodyHandlers.fromLineSubscriber(lines)));
        lines.done().get();
        break;
      case "publisher":
        BufferCollector buffers = new BufferCollector(unhurried(received), 1);
        client.send(request, busyLater(setup, received, BodyHandlers.ofPublisher())).body().subscribe(buffers);
        buffers.done().get();
        break;
      default:
        throw job.unknownForm();
    }
  }

  /** Here it is not the consumer that pauses. */
  private static Received unhurried(Received received) {
    received.isPauseDue();
    return received;
  }

  private static void readAll(InputStream in, Received received) {
    try (InputStream body = in) {
      unhurried(received).readAll(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString("{}")).build();
  }

  private static void slowAnswer(HttpClient client, Job job, String path) {
    HttpRequest plain = HttpRequest.newBuilder(URI.create(job.url()).resolve(path)).build();
    client.sendAsync(plain, BodyHandlers.fromSubscriber(new BufferCollector(slow(job), 2)));
  }

  private static void slowSiblings(HttpClient client, Job job) {
    String url = job.url().replaceFirst("/scenario/[^/]*/", ALIVE);
    for (int i = 0; i < SIBLINGS; i++) {
      client.sendAsync(
          request(url), BodyHandlers.fromSubscriber(new BufferCollector(slow(job), 2)));
    }
  }

  /** Is busy for long with the first piece that it gets. */
  private static Received slow(Job job) {
    return new Received(job.pauseMillis());
  }

  private static void unreadSiblings(HttpClient client, Job job) {
    String url = job.url().replaceFirst("/scenario/[^/]*/", UNREAD);
    try {
      List<InputStream> unread = new ArrayList<>();
      for (int i = 0; i < SIBLINGS; i++) {
        unread.add(client.send(request(url), BodyHandlers.ofInputStream()).body());
      }
      pause(job);
      // At once: what one of them leaves of the window another may have taken.
      unread.forEach(each -> daemon(() -> readAll(each, new Received(0))).start());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(Job job) {
    slow(job).pause();
  }

  /** On the one carrier; two jobs at once take it for no longer than one. */
  private static void compute(Job job) {
    if (COMPUTING.getAndSet(true)) {
      return;
    }
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(job.pauseMillis())) {
      Thread.onSpinWait();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  /** A client, its executor, and what keeps it busy. */
  private static final class Setup {
    private Executor executor;
    private Runnable busy = () -> {};
    private Runnable before = () -> {};
    private boolean cold;
    private boolean async;
    private HttpClient client;

    void pool(ExecutorService pool) {
      executor = pool;
    }

    synchronized HttpClient client(Job job) {
      if (client == null) {
        HttpClient.Builder builder =
            HttpClient.newBuilder()
                .version(job.http2() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        if (executor != null) {
          builder.executor(executor);
        }
        client = builder.build();
      }
      return client;
    }
  }

  /** Keeps whoever brings it work while it is closed. */
  private static final class Gate implements Executor {
    private final ExecutorService pool = Executors.newCachedThreadPool(BusyPoolProbe::daemon);
    private volatile CountDownLatch closed = new CountDownLatch(0);

    void close(Job job) {
      closed = new CountDownLatch(1);
      pause(job);
      closed.countDown();
    }

    @Override
    public void execute(Runnable task) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      pool.execute(task);
    }
  }
}

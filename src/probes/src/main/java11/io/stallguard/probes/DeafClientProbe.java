package io.stallguard.probes;

import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stream of the JDK's HttpClient that ceases to read its sockets, soon after the head has come and
 * without a word to anybody, as an error in its own threads may make it do. The form says how: its
 * selector has no {@code interest} in reading any more, it takes the reading to be {@code over},
 * or what takes TLS apart was {@code stopped}.
 */
final class DeafClientProbe implements Probe {
  private static final int BEFORE_MILLIS = 700;

  /** The selector's thread may be about to say anew what it wants to know. */
  private static final int TIMES = 20;

  private static final int BETWEEN_MILLIS = 20;

  /** A state of the client's schedulers. */
  private static final int STOPPED = 8;

  @Override
  public void run(Job job, Received received) throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .version(job.http2() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(job.url())).POST(BodyPublishers.ofString("{}")).build();
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    received.head();
    received.isPauseDue();
    Thread deafening = new Thread(() -> deafenLater(client, job));
    deafening.setDaemon(true);
    deafening.start();
    received.readAll(response.body());
  }

  private static void deafenLater(HttpClient client, Job job) {
    try {
      TimeUnit.MILLISECONDS.sleep(BEFORE_MILLIS);
      Object manager = value(value(client, "impl"), "selmgr");
      Selector selector = (Selector) value(manager, "selector");
      for (int i = 0; i < TIMES; i++) {
        for (SelectionKey key : selector.keys()) {
          deafen(key, job);
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
      }
    } catch (ReflectiveOperationException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void deafen(SelectionKey key, Job job) throws ReflectiveOperationException {
    switch (job.form()) {
      case "interest":
        key.interestOps(0);
        break;
      case "over":
        for (Object event : (Set<?>) value(key.attachment(), "pending")) {
          if (event.getClass().getSimpleName().equals("ReadEvent")) {
            Object reading = value(event, "sub");
            field(reading, "completed").setBoolean(reading, true);
          }
        }
        break;
      case "stopped":
        for (Object scheduler : schedulersOfTls(key)) {
          ((AtomicInteger) value(scheduler, "state")).set(STOPPED);
        }
        break;
      default:
        throw job.unknownForm();
    }
  }

  /** That which reads, and that which writes. */
  private static List<Object> schedulersOfTls(SelectionKey key)
      throws ReflectiveOperationException {
    List<Object> all = new ArrayList<>();
    for (Object event : (Set<?>) value(key.attachment(), "pending")) {
      if (event.getClass().getSimpleName().equals("ReadEvent")) {
        Object reader = subscriber(value(event, "sub"));
        all.add(value(reader, "scheduler"));
        all.add(value(value(value(reader, "this$0"), "writer"), "scheduler"));
      }
    }
    return all;
  }

  private static Object subscriber(Object reading) throws ReflectiveOperationException {
    return value(value(value(reading, "this$1"), "subscription"), "subscriber");
  }

  private static Object value(Object of, String name) throws ReflectiveOperationException {
    return field(of, name).get(of);
  }

  /** Of the class or one above it. */
  private static Field field(Object of, String name) throws ReflectiveOperationException {
    for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(of.getClass() + "." + name);
  }
}

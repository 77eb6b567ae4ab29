package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import io.stallguard.core.Engine;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.UniqueName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What all handlers of one copy of Netty share. Any thread. */
final class Surroundings {
  private static final String AWS = "software.amazon.awssdk.http.nio.netty.";
  private static final String ASYNC_HTTP_CLIENT = "org.asynchttpclient.";

  /**
   * The handler that AsyncHttpClient 2 puts at the end for apps that take the body from a
   * publisher.
   */
  private static final String ASYNC_HTTP_CLIENT_QUEUE =
      ASYNC_HTTP_CLIENT + "netty.handler.StreamedResponsePublisher";

  private static final String REACTOR = "reactor.netty.";

  private final Engine engine;
  private final Messages messages;
  private final Failures failures = new Failures();
  private final CollectingHandler collecting = new CollectingHandler();
  private final AwsTelling awsTelling = new AwsTelling();

  /** What is owed to exchanges. Held here, as a channel that was closed holds nothing. */
  private final Set<Owed> owed = ConcurrentHashMap.newKeySet();

  /**
   * The attribute of the guard. Read by the module for Reactor Netty, which has the class of the
   * guard and none of ours.
   */
  private final AttributeKey<Guard> guard = AttributeKey.valueOf(UniqueName.of(Guard.class));

  Surroundings(Engine engine, Messages messages) {
    this.engine = engine;
    this.messages = messages;
  }

  Engine engine() {
    return engine;
  }

  Messages messages() {
    return messages;
  }

  Failures failures() {
    return failures;
  }

  /** What has to be done of an exchange that is over by decision, before any of it is. */
  Owed owed(Guard guard, @Nullable Throwable failure, Channel channel) {
    AwsTelling.Exchange exchange = awsTelling.of(channel);
    Owed made = new Owed(guard, failure, exchange);
    if (exchange != null) {
      owed.add(made);
    }
    return made;
  }

  void isDone(Owed done) {
    owed.remove(done);
  }

  /** The attribute of a channel that tells the guard of a body that is read ahead. */
  AttributeKey<Guard> guard() {
    return guard;
  }

  boolean isAws(ChannelPipeline pipeline) {
    return has(pipeline, AWS);
  }

  /** Whether what the loop reads is with the app when it goes on: asked once a body has begun. */
  boolean handsOverAtOnce(ChannelPipeline pipeline) {
    return has(pipeline, ASYNC_HTTP_CLIENT) && !has(pipeline, ASYNC_HTTP_CLIENT_QUEUE);
  }

  /** Whether the app gets nothing of a body before its end. */
  boolean isCollected(Channel channel) {
    return has(channel.pipeline(), ASYNC_HTTP_CLIENT) && collecting.isOn(channel);
  }

  static boolean isReactor(ChannelPipeline pipeline) {
    return has(pipeline, REACTOR);
  }

  /**
   * Whether the pipeline is a client's that is told to be not guarded, as it takes what Netty reads
   * in ways nobody follows: then neither its heads nor its bodies are.
   */
  boolean isUnguarded(ChannelPipeline pipeline) {
    for (ChannelHandler handler : pipeline.toMap().values()) {
      if (!engine.coverage().guardsHandler(handler.getClass())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the module that follows Reactor Netty's consumers works. */
  boolean followsReactor() {
    return engine.coverage().works("reactor-netty");
  }

  /**
   * Tells that Netty reads for a client whose consumers nobody sees: its last handler tells which
   * it is.
   */
  void leavesReading(ChannelPipeline pipeline) {
    Class<?> client = ChannelHandler.class;
    for (ChannelHandler handler : pipeline.toMap().values()) {
      if (!isOfNetty(handler.getClass().getName())) {
        client = handler.getClass();
      }
    }
    engine.coverage().leavesReading(client);
  }

  private static boolean isOfNetty(String className) {
    return className.startsWith("io.netty.") || className.startsWith("io.stallguard.");
  }

  private static boolean has(ChannelPipeline pipeline, String handlers) {
    for (ChannelHandler handler : pipeline.toMap().values()) {
      if (handler.getClass().getName().startsWith(handlers)) {
        return true;
      }
    }
    return false;
  }
}

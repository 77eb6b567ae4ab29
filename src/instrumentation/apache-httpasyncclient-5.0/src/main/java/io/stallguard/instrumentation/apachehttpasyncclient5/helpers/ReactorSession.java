package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hc.core5.http.nio.command.ShutdownCommand;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/** A connection as its reactor has it, which HttpCore's API does not tell. */
final class ReactorSession {
  // The channel of an exchange is an inner class of what carries the connection. On HTTP/2 that
  // keeps its streams in a map, since 5.4 in a queue within another object; a stream that was reset
  // stays there, and keeps a graceful shutdown waiting. The session that it writes to has another
  // one below it, of the socket.
  //
  // A socket that is closed while it is registered with a selector is let go when that selects
  // next. A reactor that has died by an error of the app's has closed its selector, with all there
  // was; one that had no memory for that has not, and selects no more.

  private static final String CARRIER = "this$0";
  private static final String SESSION = "ioSession";
  private static final String KEY = "key";
  private static final String MAP = "streamMap";
  private static final String STREAMS = "streams";
  private static final String CHANNEL = "channel";

  private final Object multiplexer;
  private final IOSession session;

  private ReactorSession(Object multiplexer, IOSession session) {
    this.multiplexer = multiplexer;
    this.session = session;
  }

  /**
   * The session of a channel; null if the channel is none of HttpCore's own.
   *
   * @throws ReflectiveOperationException if this version has it otherwise
   */
  static @Nullable ReactorSession of(Object channel) throws ReflectiveOperationException {
    Object multiplexer = PooledSession.value(channel, CARRIER);
    Object session = PooledSession.value(multiplexer, SESSION);
    return session instanceof IOSession
        ? new ReactorSession(multiplexer, (IOSession) session)
        : null;
  }

  /** For how long the reactor has read nothing from the connection. */
  long silentMillis() {
    return System.currentTimeMillis() - session.getLastReadTime();
  }

  /**
   * Closes the connection if it carries nothing else, and nothing waits to be carried; else that is
   * the last that it carries.
   *
   * @param ended channels of streams that were reset
   */
  void shutDown(Set<Object> ended) throws ReflectiveOperationException {
    if (!session.hasCommands() && ended.containsAll(channels())) {
      session.close(CloseMode.IMMEDIATE);
    } else {
      session.enqueue(ShutdownCommand.GRACEFUL, Command.Priority.NORMAL);
    }
  }

  private List<Object> channels() throws ReflectiveOperationException {
    List<Object> channels = new ArrayList<>();
    for (Object stream : streams()) {
      channels.add(PooledSession.value(stream, CHANNEL));
    }
    return channels;
  }

  private Collection<?> streams() throws ReflectiveOperationException {
    Field map = PooledSession.field(multiplexer.getClass(), MAP);
    return map == null
        ? (Collection<?>) PooledSession.value(PooledSession.value(multiplexer, STREAMS), STREAMS)
        : ((Map<?, ?>) map.get(multiplexer)).values();
  }

  /**
   * Closes the connection where no reactor is left to do that: neither says goodbye, nor waits for
   * anything.
   *
   * @throws ReflectiveOperationException if this version has it otherwise
   */
  void closeWithoutReactor() throws ReflectiveOperationException {
    Object socket = PooledSession.value(session, SESSION);
    Selector selector = ((SelectionKey) PooledSession.value(socket, KEY)).selector();
    ((IOSession) socket).close(CloseMode.GRACEFUL);
    try {
      if (selector.isOpen()) {
        selector.selectNow();
      }
    } catch (IOException | ClosedSelectorException e) {
      // Whoever closes it lets go of all sockets.
    }
  }
}

package io.stallguard.instrumentation.javasockets.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.BodyEnd;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.SocketAbort;
import java.lang.ref.WeakReference;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** The requests and responses of one socket, one after another, and the guard of the last one. */
final class Conversation {
  // Everything but `request` belongs to the thread that reads. The writer hands a request over, and
  // only if none is under way: of pipelined requests the second is not seen, its answer meets no
  // request, and the conversation is over.

  private final Engine engine;
  private final WeakReference<Socket> socket;

  /** The request that waits for its response or is being answered. Reader and writer. */
  private volatile @Nullable RequestHead request;

  private @Nullable ResponseReader response;

  /**
   * The guard of the last response. Of the reader; another one that comes in between asks for it.
   */
  private volatile @Nullable Guard guard;

  private @Nullable SocketAbort abort;

  Conversation(Engine engine, @Nullable Socket socket) {
    this.engine = engine;
    this.socket = new WeakReference<>(socket);
  }

  /** A request is about to be written. */
  void requested(RequestHead head) {
    if (request == null) {
      request = head;
    }
  }

  /** The guard of the response that is being read, or of one that was ended by decision. */
  @Nullable Guard guard() {
    return guard;
  }

  /**
   * What would make the end of the response complete, null if nothing can. The socket is closed by
   * then: its reader may ask it.
   */
  byte @Nullable [] missingEnd() {
    ResponseReader current = response;
    byte @Nullable [] missing = current == null ? null : current.missingEnd();
    if (missing != null) {
      closeFirst();
    }
    return missing;
  }

  private void closeFirst() {
    SocketAbort ending = abort;
    if (ending != null) {
      ending.closeFirst();
    }
  }

  /**
   * Bytes came.
   *
   * @return false if nothing of what follows is of interest any more
   */
  boolean follow(byte[] bytes, int offset, int to) {
    int from = offset;
    long content = 0;
    while (from < to) {
      ResponseReader current = response();
      if (current == null) {
        return false;
      }
      int next = current.advance(bytes, from, to);
      content += content(current, bytes, from, next);
      if (current.isStrange()) {
        return false;
      }
      if (current.isHeadComplete()) {
        headCame(current);
      }
      if (current.isEnded()) {
        came(content);
        content = 0;
        over();
      }
      from = next;
    }
    came(content);
    return true;
  }

  /** The response that is being read, null if nobody asked for one. */
  private @Nullable ResponseReader response() {
    RequestHead asked = request;
    if (response == null && asked != null) {
      response = new ResponseReader(asked.method());
    }
    return response;
  }

  private long content(ResponseReader current, byte[] bytes, int from, int next) {
    if (!current.isContent()) {
      return 0;
    }
    Guard open = guard;
    if (open != null) {
      open.scan(bytes, from, next - from);
    }
    return (long) next - from;
  }

  /** A head is complete with this step. */
  private void headCame(ResponseReader current) {
    Socket own = socket.get();
    RequestHead asked = request;
    ResponseHead head = current.head();
    if (own != null && asked != null && head != null && !current.isEnded()) {
      SocketAbort opened = new SocketAbort(own);
      guard = engine.open(SocketExchange.of(own, asked, head), opened);
      abort = opened;
    }
  }

  /**
   * Tells the guard how much content came. What lies around it, such as the extension of a chunk,
   * is no arrival.
   */
  private void came(long content) {
    Guard open = guard;
    if (open != null) {
      open.arrived(content);
    }
  }

  /**
   * Ends the response, which is complete. Its reader sees that in the bytes: if the end came too
   * early by its events, that is told in the report alone. If it was ended by decision and the
   * socket is being closed, the next read tells; else the socket is the next request's.
   */
  private void over() {
    Guard open = guard;
    if (open == null || open.completed() != BodyEnd.DECIDED || isLeftOpen()) {
      guard = null;
    } else {
      closeFirst();
    }
    response = null;
    request = null;
  }

  private boolean isLeftOpen() {
    SocketAbort ending = abort;
    return ending != null && ending.over();
  }

  /** Lets go of everything. */
  void end() {
    Guard open = guard;
    if (open != null) {
      open.finished();
    }
    guard = null;
    response = null;
    request = null;
  }
}

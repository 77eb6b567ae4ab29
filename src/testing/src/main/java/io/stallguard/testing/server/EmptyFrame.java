package io.stallguard.testing.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.internal.HTTP2Flusher;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** A DATA frame of HTTP/2 that carries nothing, or padding alone. */
final class EmptyFrame extends HTTP2Session.Entry {
  // The server's own frames have no padding, and its way to send one ends before its queue if there
  // is nothing in it. So the frame is made here, and put into that queue. Padding counts against
  // the window; the server does not know of it, so there has to be little.

  private static final int HEADER_BYTES = 9;
  private static final byte PADDED = 0x8;

  private final int streamId;
  private final int padding;

  private EmptyFrame(HTTP2Stream stream, int padding, Callback callback) {
    super(new DataFrame(stream.getId(), BufferUtil.EMPTY_BUFFER, false), stream, callback);
    this.streamId = stream.getId();
    this.padding = padding;
  }

  /**
   * Sends one.
   *
   * @param request of HTTP/2
   * @param padding in bytes, less than 256; 0 for a frame of length 0
   */
  static void send(Request request, int padding, Callback callback) {
    HTTP2Connection connection = (HTTP2Connection) request.getConnectionMetaData().getConnection();
    HTTP2Session session = connection.getSession();
    HTTP2Stream stream = session.getStream(Integer.parseInt(request.getId()));
    if (stream == null) {
      callback.failed(new IllegalStateException("stream " + request.getId() + " is over"));
      return;
    }
    HTTP2Flusher flusher = flusher(session);
    if (flusher.append(new EmptyFrame(stream, padding, callback))) {
      flusher.iterate();
    }
  }

  private static HTTP2Flusher flusher(HTTP2Session session) {
    try {
      var field = HTTP2Session.class.getDeclaredField("flusher");
      field.setAccessible(true);
      return (HTTP2Flusher) field.get(session);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another version of the server", e);
    }
  }

  private int length() {
    return padding == 0 ? 0 : 1 + padding;
  }

  @Override
  public int getFrameBytesGenerated() {
    return HEADER_BYTES + length();
  }

  @Override
  public boolean generate(RetainableByteBuffer.Mutable accumulator) {
    ByteBuffer bytes = ByteBuffer.allocate(getFrameBytesGenerated());
    bytes.putShort((short) 0).put((byte) length());
    bytes.put((byte) 0).put(padding == 0 ? 0 : PADDED).putInt(streamId);
    if (padding > 0) {
      bytes.put((byte) padding);
    }
    bytes.clear();
    accumulator.add(bytes);
    return true;
  }
}

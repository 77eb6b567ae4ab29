package io.stallguard.probes;

import java.io.OutputStream;

/** Takes what a client writes of a body. One thread. */
final class ReceivedOutput extends OutputStream {
  private final Received received;

  ReceivedOutput(Received received) {
    this.received = received;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    byte[] piece = new byte[length];
    System.arraycopy(bytes, offset, piece, 0, length);
    received.add(piece, length);
    received.pause();
  }
}

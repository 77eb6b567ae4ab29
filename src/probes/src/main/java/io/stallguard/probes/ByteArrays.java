package io.stallguard.probes;

/** Takes byte arrays one by one. */
final class ByteArrays extends OneByOne<byte[]> {
  ByteArrays(Received received) {
    super(received);
  }

  @Override
  void add(Received into, byte[] piece) {
    into.add(piece, piece.length);
  }
}

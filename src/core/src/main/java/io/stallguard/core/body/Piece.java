package io.stallguard.core.body;

/** An array for each thread, into which bytes are copied that lie in none. */
public final class Piece {
  private static final int BYTES = 4096;

  private static final ThreadLocal<byte[]> OF_THREAD = new ThreadLocal<>();

  private Piece() {}

  /** The calling thread's own array, for use until it returns to its caller. Never empty. */
  public static byte[] ofThread() {
    byte[] piece = OF_THREAD.get();
    if (piece == null) {
      piece = new byte[BYTES];
      OF_THREAD.set(piece);
    }
    return piece;
  }
}

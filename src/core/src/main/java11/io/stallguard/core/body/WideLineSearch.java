package io.stallguard.core.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Takes eight bytes in one piece. */
final class WideLineSearch extends LineSearch {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FOURTEENS = 0x0E0E_0E0E_0E0E_0E0EL;
  private static final long QUOTES = 0x2222_2222_2222_2222L;
  private static final long BACKSLASHES = 0x5C5C_5C5C_5C5C_5C5CL;
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  static {
    wide = new WideLineSearch();
  }

  private WideLineSearch() {}

  @Override
  int next(byte[] bytes, int from, int to) {
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      long eight = (long) EIGHT_BYTES.get(bytes, i);
      // The high bit of each byte that is less than 14 without a sign: a line end or another control
      // character. A borrow may mark bytes behind such a one, which are looked at as well.
      long low = (eight - FOURTEENS) & ~eight & HIGH_BITS;
      while (low != 0) {
        int at = i + (Long.numberOfTrailingZeros(low) >>> 3);
        if (LineEnds.is(bytes[at])) {
          return at;
        }
        low &= low - 1;
      }
    }
    return byByte(bytes, i, to);
  }

  @Override
  int nextQuote(byte[] bytes, int from, int to) {
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      long eight = (long) EIGHT_BYTES.get(bytes, i);
      // The lowest high bit is that of the first byte which has become zero; those behind it may
      // be marked by a borrow, and are not looked at.
      long found = (((eight ^ QUOTES) - ONES) | ((eight ^ BACKSLASHES) - ONES)) & ~eight & HIGH_BITS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    return quoteByByte(bytes, i, to);
  }

  @Override
  int nextOfString(byte[] bytes, int from, int to) {
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      long eight = (long) EIGHT_BYTES.get(bytes, i);
      long found =
          (((eight ^ QUOTES) - ONES) | ((eight ^ BACKSLASHES) - ONES) | (eight - FOURTEENS))
              & ~eight
              & HIGH_BITS;
      while (found != 0) {
        int at = i + (Long.numberOfTrailingZeros(found) >>> 3);
        byte b = bytes[at];
        if (b == '"' || b == '\\' || LineEnds.is(b)) {
          return at;
        }
        found &= found - 1;
      }
    }
    return ofStringByByte(bytes, i, to);
  }

  @Override
  int same(byte[] bytes, int from, byte[] others, int otherFrom, int count) {
    int at = Arrays.mismatch(bytes, from, from + count, others, otherFrom, otherFrom + count);
    return at < 0 ? count : at;
  }
}

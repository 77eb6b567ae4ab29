package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import java.nio.ByteBuffer;
import org.apache.http.nio.ContentDecoder;

/** The decoder of a body that is over. */
final class EndedDecoder implements ContentDecoder {
  @Override
  public int read(ByteBuffer target) {
    return -1;
  }

  @Override
  public boolean isCompleted() {
    return true;
  }
}

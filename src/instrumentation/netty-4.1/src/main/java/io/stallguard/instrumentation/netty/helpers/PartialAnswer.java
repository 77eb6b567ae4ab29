package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.ChannelException;
import io.stallguard.core.words.Replacement;
import org.jspecify.annotations.Nullable;

/** The exception for a client that would repeat a request of whose answer the app has a part. */
final class PartialAnswer extends ChannelException {
  private static final long serialVersionUID = 1L;

  PartialAnswer(@Nullable String message) {
    super(message);
  }

  /** What is serialised in place of this exception: whoever reads it back may have no agent. */
  private Object writeReplace() {
    return Replacement.of(this, new ChannelException(getMessage()));
  }
}

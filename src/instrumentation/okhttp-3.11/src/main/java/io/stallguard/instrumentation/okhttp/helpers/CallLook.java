package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.wire.LastLook;
import io.stallguard.core.wire.Look;
import io.stallguard.core.wire.SharedSocketLook;
import io.stallguard.core.wire.SocketLook;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether anything waits to be read for a call: in its socket, and on HTTP/2 also behind it,
 * where one thread of OkHttp's reads for all streams. For one verdict.
 */
final class CallLook implements LastLook {
  private final Call call;
  private volatile @Nullable FrameLook frames;

  CallLook(Call call) {
    this.call = call;
  }

  /** Asks. A call that holds no connection has nothing to wait for; or it cannot be told. */
  @Override
  public void ask(Look look) {
    HeldConnection held = HeldConnection.of(call);
    if (held == null) {
      look.nothing();
    } else if (held.isMultiplexed()) {
      askFrames(held, look);
    } else {
      new SocketLook(held.rawSocket()).ask(look);
    }
  }

  /** Whether the look is quick: on HTTP/2 it waits for what others read. */
  @Override
  public boolean isQuick() {
    HeldConnection held = HeldConnection.of(call);
    return held == null || (!held.isMultiplexed() && new SocketLook(held.rawSocket()).isQuick());
  }

  private void askFrames(HeldConnection held, Look look) {
    HeldStream stream = HeldStream.ofCall(call);
    FrameLook shared = frames;
    if (shared == null) {
      shared = new FrameLook(new SharedSocketLook(held.rawSocket()));
      frames = shared;
    }
    if (stream != null && stream.isReadable()) {
      look.waits();
    } else if (ConnectionWindow.isUsedUp(held)) {
      look.noRoom();
    } else {
      shared.ask(held, look);
    }
  }
}

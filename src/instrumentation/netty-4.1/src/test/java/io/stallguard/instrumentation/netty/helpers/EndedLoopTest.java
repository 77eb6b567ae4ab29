package io.stallguard.instrumentation.netty.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndedLoopTest {
  private final List<String> told = new ArrayList<>();
  private final ChannelHandler ours = new Hearing("ours");

  @Test
  void tellsThoseBehindThatHearFailuresEachByItself() throws Exception {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new Hearing("before"),
            ours,
            new ChannelInboundHandlerAdapter(),
            new ChannelOutboundHandlerAdapter(),
            new Hearing("behind"),
            new Hearing("last"));

    EndedLoop.tell(channel.pipeline(), ours, new IOException("stalled"));

    assertThat(told).containsExactly("behind: stalled", "last: stalled");
    channel.checkException();
    channel.finishAndReleaseAll();
  }

  /** Does not pass on what it hears. */
  private final class Hearing extends ChannelInboundHandlerAdapter {
    private final String name;

    Hearing(String name) {
      this.name = name;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      told.add(name + ": " + cause.getMessage());
    }
  }
}

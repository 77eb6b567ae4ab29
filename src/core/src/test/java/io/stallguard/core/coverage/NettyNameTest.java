package io.stallguard.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NettyNameTest {
  @Test
  void isReadOffTheClassesThatAClassRefersTo() throws IOException {
    NettyName moved = in("a/B", "com/acme/io/netty/buffer/ByteBuf", "reactor/netty/Connection");

    assertThat(moved.isMoved()).isTrue();
    assertThat(moved.front()).isEqualTo("com.acme");
    assertThat(moved.isSameMoved(in("com/acme/io/netty/channel/Channel"))).isTrue();
    assertThat(moved.isSameMoved(in("com/other/io/netty/channel/Channel"))).isFalse();
  }

  @Test
  void itsOwnNameCountsBeforeAnother() throws IOException {
    NettyName both = in("com/acme/io/netty/buffer/ByteBuf", "io/netty/channel/Channel");

    assertThat(both.isOwn()).isTrue();
    assertThat(both.isMoved()).isFalse();
  }

  @Test
  void whereNoneIsNamedThereIsNone() throws IOException {
    NettyName none = in("reactor/netty/Connection", "java/lang/Object");

    assertThat(none.isOwn()).isFalse();
    assertThat(none.isMoved()).isFalse();
    assertThat(none.isSameMoved(none)).isFalse();
  }

  @Test
  void whatIsNoClassFileNamesNone() {
    assertThat(NettyName.in(new byte[0]).isMoved()).isFalse();
    assertThat(NettyName.in(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 0, 9, 99}).isMoved()).isFalse();
  }

  private static NettyName in(String... referred) throws IOException {
    return NettyName.in(ClassBytes.of(List.of(referred)));
  }
}

package io.stallguard.instrumentation.netty.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.util.AttributeKey;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.OfReactor;

/** How a pool is told that a connection of HTTP/2 takes no new streams. */
class PoolPlacesTest {
  private static final AttributeKey<Object> AWS =
      AttributeKey.valueOf(
          "software.amazon.awssdk.http.nio.netty.internal.http2.Http2MultiplexedChannelPool"
              + ".MULTIPLEXED_CHANNEL");
  private static final AttributeKey<Object> REACTOR = AttributeKey.valueOf("$PERSISTENT_CHANNEL");

  private final Http2FrameCodec codec = Http2FrameCodecBuilder.forClient().build();
  private final EmbeddedChannel connection = new EmbeddedChannel(codec);
  private final EmbeddedChannel stream =
      new EmbeddedChannel(connection, DefaultChannelId.newInstance(), true, false);

  @AfterEach
  void close() {
    stream.finishAndReleaseAll();
    connection.finishAndReleaseAll();
  }

  @Test
  void aConnectionOfAnotherClientIsLeftAlone() {
    assertThat(PoolPlaces.taken(connection, stream)).isNull();
    assertThat(codec.connection().goAwayReceived()).isFalse();
  }

  @Test
  void reactorNettyTakesItForOneThatGoesAwayAndCarriesWhatIsOnIt() throws Http2Exception {
    stream.pipeline().addLast(new OfReactor());
    Http2Connection books = codec.connection();
    books.local().createStream(books.local().incrementAndGetNextStreamId(), false);

    PoolPlaces places = PoolPlaces.taken(connection, stream);

    assertThat(places).isNotNull();
    assertThat(places.areFree()).isTrue();
    assertThat(books.goAwayReceived()).isTrue();
    assertThat(connection.attr(REACTOR).get()).isEqualTo(false);
    assertThat(books.numActiveStreams()).isEqualTo(1);
    books.local().createStream(books.local().incrementAndGetNextStreamId(), false);
    assertThat(books.numActiveStreams()).as("with who was given it just before").isEqualTo(2);
  }

  /** The server may say the same later, and which streams it has not seen. */
  @Test
  void aGoodbyeOfTheServerStillCounts() throws Http2Exception {
    stream.pipeline().addLast(new OfReactor());
    PoolPlaces.taken(connection, stream);

    codec.connection().goAwayReceived(1, 0, Unpooled.EMPTY_BUFFER);

    assertThat(codec.connection().local().lastStreamKnownByPeer()).isEqualTo(1);
    assertThat(PoolPlaces.taken(connection, stream)).isNotNull();
  }

  @Test
  void ofTheAwsSdkAllPlacesAreTakenAndThoseInUseComeBack() {
    MultiplexedChannelRecord pooled = new MultiplexedChannelRecord();
    pooled.availableChildChannels.set(98);
    connection.attr(AWS).set(pooled);

    PoolPlaces places = PoolPlaces.taken(connection, stream);

    assertThat(places).isNotNull();
    assertThat(pooled.availableChildChannels).hasValue(-2);
    assertThat(places.areFree()).isFalse();
    pooled.availableChildChannels.addAndGet(2);
    assertThat(places.areFree()).isTrue();
    assertThat(codec.connection().goAwayReceived()).isFalse();
  }

  /** A record with the names that the client's has. */
  @SuppressWarnings("UnusedVariable") // Read by its name.
  private static final class MultiplexedChannelRecord {
    private final AtomicLong availableChildChannels = new AtomicLong();
    private final long maxConcurrencyPerConnection = 100;
  }
}

package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EarlierStreamsTest {
  private static final StackTraceElement SOCKET =
      frame("java.net.SocketInputStream", "socketRead0");
  private static final StackTraceElement SOCKET_READ =
      frame("java.net.Socket$SocketInputStream", "read");
  private static final StackTraceElement APP = frame("com.example.Chat", "stream");
  private static final StackTraceElement[] BODY = {
    SOCKET, frame("okhttp3.internal.http1.Http1ExchangeCodec$ChunkedSource", "read"), APP
  };

  private final AtomicLong used = new AtomicLong(5);
  private final Thread thread = new Thread("standing");
  private final Map<Thread, StackTraceElement[]> stacks = new HashMap<>(Map.of(thread, BODY));

  @Test
  void namesAThreadThatGotNothingSinceTheAttach() {
    EarlierStreams earlier = earlier("idle=7s");

    assertThat(earlier.lines())
        .singleElement()
        .asString()
        .contains("\"standing\"", "okhttp", "7 s", "at least since the attach")
        .contains("com.example.Chat.stream");
  }

  @Test
  void saysNothingOfAThreadThatHasUsedItsProcessor() {
    EarlierStreams earlier = earlier("");
    used.incrementAndGet();

    assertThat(earlier.lines()).isEmpty();
  }

  @Test
  void saysNothingOfAThreadThatStandsElsewhere() {
    EarlierStreams earlier = earlier("");
    stacks.put(thread, new StackTraceElement[] {SOCKET, APP});

    assertThat(earlier.lines()).isEmpty();
  }

  @Test
  void saysNothingOfAThreadThatHasEnded() {
    EarlierStreams earlier = earlier("");
    stacks.clear();

    assertThat(earlier.lines()).isEmpty();
  }

  @Test
  void knowsMethodsAgainThatHaveBeenWovenMeanwhile() {
    EarlierStreams earlier = earlier("");
    StackTraceElement[] woven = BODY.clone();
    woven[1] = new StackTraceElement(BODY[1].getClassName(), BODY[1].getMethodName(), null, -1);
    stacks.put(thread, woven);

    assertThat(earlier.lines()).hasSize(1);
  }

  @Test
  void saysNothingWhereNoTimeIsToBeHad() {
    used.set(-1);

    assertThat(earlier("").lines()).isEmpty();
  }

  @Test
  void saysNothingOfAClientThatIsSwitchedOffAndWithoutALimit() {
    assertThat(earlier("instrumentation.okhttp.enabled=false").lines()).isEmpty();
    assertThat(earlier("idle=off").lines()).isEmpty();
  }

  @Test
  void namesAThreadThatWaitsForAWholeAnswer() {
    StackTraceElement[] waits = {
      frame("jdk.internal.misc.Unsafe", "park"),
      frame("java.util.concurrent.CompletableFuture", "get"),
      frame("jdk.internal.net.http.HttpClientImpl", "send"),
      frame("jdk.internal.net.http.HttpClientFacade", "send"),
      APP
    };
    stacks.put(thread, waits);

    assertThat(earlier("idle=7s").lines())
        .singleElement()
        .asString()
        .contains("\"standing\" waits for an answer of java-http-client", "for 7 s at least")
        .contains("whether bytes came cannot be seen")
        .doesNotContain("no byte")
        .contains("com.example.Chat.stream");
  }

  @Test
  void namesThoseWhoReadFromSocketsInOneLine() {
    stacks.clear();
    for (int i = 0; i < 7; i++) {
      stacks.put(new Thread("reader-" + i), new StackTraceElement[] {SOCKET_READ, APP});
    }

    assertThat(earlier("idle=7s").lines())
        .singleElement()
        .asString()
        .contains("in a read of a socket that was opened before the agent came: no byte for 7 s")
        .contains("\"reader-")
        .endsWith(" and 2 more");
  }

  @Test
  void saysNothingOfThreadsThatReadAsLongAsTheyLive() {
    StackTraceElement rmi = frame("sun.rmi.transport.tcp.TCPTransport", "handleMessages");
    StackTraceElement connection = frame("okhttp3.internal.http2.Http2Reader", "nextFrame");
    stacks.put(thread, new StackTraceElement[] {SOCKET_READ, rmi});
    stacks.put(new Thread("h2"), new StackTraceElement[] {SOCKET_READ, connection});

    assertThat(earlier("").lines()).isEmpty();
  }

  @Test
  void knowsWhoReadsABody() {
    assertThat(BodyReading.clientOf(BODY)).isEqualTo("okhttp");
    assertThat(BodyReading.clientOf(new StackTraceElement[] {SOCKET, APP})).isNull();
    assertThat(clientOf("okhttp3.internal.http2.Http2Reader", "nextFrame")).isNull();
    assertThat(clientOf("okhttp3.internal.http1.Http1ExchangeCodec", "readResponseHeaders"))
        .isNull();
    assertThat(clientOf("org.apache.http.impl.io.ChunkedInputStream", "read"))
        .isEqualTo("apache-httpclient-4");
  }

  private static String clientOf(String type, String method) {
    return BodyReading.clientOf(new StackTraceElement[] {SOCKET, frame(type, method), APP});
  }

  private EarlierStreams earlier(String settings) {
    return new EarlierStreams(new Rig(settings).engine, ignored -> used.get(), () -> stacks);
  }

  private static StackTraceElement frame(String type, String method) {
    return new StackTraceElement(type, method, "X.java", 1);
  }
}

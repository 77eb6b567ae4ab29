package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.engine.BodyReading;
import io.stallguard.core.words.Exchanges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EarlierStreamsTest {
  private static final StackTraceElement SOCKET =
      frame("java.net.SocketInputStream", "socketRead0");
  private static final StackTraceElement SOCKET_READ =
      frame("java.net.Socket$SocketInputStream", "read");
  private static final StackTraceElement HEAD =
      frame("okhttp3.internal.http1.Http1ExchangeCodec", "readResponseHeaders");
  private static final StackTraceElement CONNECT =
      frame("okhttp3.internal.connection.ConnectInterceptor", "intercept");
  private static final StackTraceElement APP = frame("com.example.Chat", "stream");
  private static final StackTraceElement[] BODY = {
    SOCKET, frame("okhttp3.internal.http1.Http1ExchangeCodec$ChunkedSource", "read"), APP
  };

  private static final StackTraceElement[] CLIENT_GONE = {APP};
  private static final int A_LIMIT = 4;

  private final Thread thread = new Thread("standing");
  private final Seen seen = new Seen();
  private Rig rig = new Rig("idle=8s");

  @BeforeEach
  void standsInABody() {
    seen.stacks.put(thread, BODY);
  }

  @Test
  void namesAThreadThatGotNothingSinceTheAgentCame() throws Exception {
    EarlierStreams earlier = earlier();

    assertThat(linesOf(earlier, A_LIMIT - 1)).isEmpty();
    assertThat(linesOf(earlier, 1))
        .singleElement()
        .asString()
        .contains("\"standing\"", "okhttp", "no byte for 8 s, at least since the agent came")
        .contains("com.example.Chat.stream");
    assertThat(earlier.size()).isZero();
  }

  @Test
  void namesAThreadWhoseStreamFallsSilentLaterOnce() throws Exception {
    EarlierStreams earlier = earlier();
    for (int i = 0; i < 20; i++) {
      seen.used.incrementAndGet();
      assertThat(linesOf(earlier, 1)).isEmpty();
    }

    assertThat(linesOf(earlier, A_LIMIT - 1)).isEmpty();
    assertThat(linesOf(earlier, 1))
        .singleElement()
        .asString()
        .contains("\"standing\"", "no byte for 8 s at least;");
    assertThat(linesOf(earlier, 2 * A_LIMIT)).isEmpty();
  }

  @Test
  void namesAThreadThatIsWithTheAppForAWhile() throws Exception {
    EarlierStreams earlier = earlier();
    seen.moveTo(thread, CLIENT_GONE);
    linesOf(earlier, A_LIMIT - 1);
    seen.moveTo(thread, BODY);

    assertThat(linesOf(earlier, A_LIMIT + 1)).hasSize(1);
  }

  @Test
  void namesAThreadThatWaitedForItsHead() throws Exception {
    seen.stacks.put(thread, new StackTraceElement[] {SOCKET_READ, HEAD, APP});
    EarlierStreams earlier = earlier();
    seen.moveTo(thread, BODY);

    assertThat(linesOf(earlier, A_LIMIT + 1))
        .singleElement()
        .asString()
        .contains("hangs in a body of okhttp");
  }

  @Test
  void namesAThreadWhoseClientWasAtWork() throws Exception {
    seen.stacks.put(thread, new StackTraceElement[] {CONNECT, APP});
    EarlierStreams earlier = earlier();
    assertThat(linesOf(earlier, A_LIMIT - 1)).isEmpty();
    seen.moveTo(thread, BODY);

    assertThat(linesOf(earlier, A_LIMIT + 1)).hasSize(1);
  }

  @Test
  void forgetsAThreadWhoseCallHasReturned() throws Exception {
    seen.stacks.put(thread, onWorker(BODY));
    EarlierStreams earlier = earlier();
    seen.moveTo(thread, onWorker(frame("java.util.concurrent.ThreadPoolExecutor", "getTask")));
    linesOf(earlier, 1);
    seen.moveTo(thread, onWorker(BODY));

    assertThat(earlier.size()).isZero();
    assertThat(linesOf(earlier, 2 * A_LIMIT)).isEmpty();
  }

  @Test
  void forgetsAThreadThatIsElsewhereForAWholeLimit() throws Exception {
    EarlierStreams earlier = earlier();
    seen.moveTo(thread, CLIENT_GONE);
    linesOf(earlier, A_LIMIT);

    assertThat(earlier.size()).isZero();
  }

  @Test
  void forgetsAThreadThatBeginsAnotherExchange() throws Exception {
    EarlierStreams earlier = earlier();
    earlier.accept(thread);

    assertThat(linesOf(earlier, 2 * A_LIMIT)).isEmpty();
    assertThat(earlier.size()).isZero();
  }

  @Test
  void hearsOfExchangesThatAreLeftAloneToo() throws Exception {
    seen.stacks.put(Thread.currentThread(), BODY);
    EarlierStreams earlier = earlier();
    assertThat(earlier.size()).isEqualTo(2);

    assertThat(
            rig.engine.open(
                Exchanges.of("POST", "http://a.example/", "application/json"), rig.abort))
        .isNull();

    assertThat(earlier.size()).isEqualTo(1);
  }

  @Test
  void saysNothingOfAStreamThatIsGuarded() throws Exception {
    EarlierStreams earlier = earlier();
    seen.guarded.add(thread);

    assertThat(linesOf(earlier, 2 * A_LIMIT)).isEmpty();
    assertThat(earlier.size()).isZero();
  }

  @Test
  void saysNothingOfAStreamThatHasADecorator() throws Exception {
    EarlierStreams earlier = earlier();
    seen.moveTo(
        thread,
        SOCKET,
        BODY[1],
        frame("io.stallguard.core.engine.GuardedInputStream", "read"),
        APP);

    assertThat(linesOf(earlier, 2 * A_LIMIT)).isEmpty();
  }

  @Test
  void looksAgainOnceAllIsWoven() throws Exception {
    seen.stacks.clear();
    EarlierStreams earlier = earlier();
    Thread other = new Thread("other");
    seen.stacks.put(thread, BODY);
    seen.stacks.put(other, BODY);
    earlier.accept(other);

    earlier.gather();

    assertThat(linesOf(earlier, A_LIMIT)).singleElement().asString().contains("\"standing\"");
  }

  @Test
  void saysNothingOfAThreadThatHasEnded() throws Exception {
    EarlierStreams earlier = earlier();
    seen.stacks.clear();

    assertThat(linesOf(earlier, A_LIMIT)).isEmpty();
    assertThat(earlier.size()).isZero();
  }

  @Test
  void knowsMethodsAgainThatHaveBeenWovenMeanwhile() throws Exception {
    EarlierStreams earlier = earlier();
    StackTraceElement[] woven = BODY.clone();
    woven[1] = new StackTraceElement(BODY[1].getClassName(), BODY[1].getMethodName(), null, -1);
    seen.stacks.put(thread, woven);

    assertThat(linesOf(earlier, A_LIMIT)).hasSize(1);
  }

  @Test
  void saysNothingWhereNoTimeIsToBeHad() throws Exception {
    seen.used.set(-1);

    assertThat(linesOf(earlier(), 2 * A_LIMIT)).isEmpty();
  }

  @Test
  void saysNothingOfAClientThatIsSwitchedOffAndWithoutALimit() throws Exception {
    rig = new Rig("idle=8s,instrumentation.okhttp.enabled=false");
    assertThat(linesOf(earlier(), A_LIMIT)).isEmpty();
    rig = new Rig("idle=off");
    assertThat(linesOf(earlier(), A_LIMIT)).isEmpty();
  }

  @Test
  void namesAThreadThatWaitsForAWholeAnswer() throws Exception {
    StackTraceElement[] waits = {
      frame("jdk.internal.misc.Unsafe", "park"),
      frame("java.util.concurrent.CompletableFuture", "get"),
      frame("jdk.internal.net.http.HttpClientImpl", "send"),
      frame("jdk.internal.net.http.HttpClientFacade", "send"),
      APP
    };
    seen.stacks.put(thread, waits);

    assertThat(linesOf(earlier(), A_LIMIT))
        .singleElement()
        .asString()
        .contains("\"standing\" waits for an answer of java-http-client", "for 8 s at least")
        .contains("whether bytes came cannot be seen")
        .doesNotContain("no byte")
        .contains("com.example.Chat.stream");
  }

  @Test
  void namesThoseWhoReadFromSocketsInOneLine() throws Exception {
    seen.stacks.clear();
    for (int i = 0; i < 7; i++) {
      seen.stacks.put(new Thread("reader-" + i), new StackTraceElement[] {SOCKET_READ, APP});
    }

    assertThat(linesOf(earlier(), A_LIMIT))
        .singleElement()
        .asString()
        .contains("in a read of a socket that was opened before the agent came: no byte for 8 s")
        .contains("\"reader-")
        .endsWith(" and 2 more");
  }

  @Test
  void namesASocketLaterOnlyIfItsAgeIsCertain() throws Exception {
    Thread old = new Thread("old");
    StackTraceElement plain = frame("java.net.SocketInputStream", "read");
    StackTraceElement tls = frame("sun.security.ssl.SSLSocketImpl$AppInputStream", "read");
    Thread secured = new Thread("secured");
    seen.stacks.put(thread, new StackTraceElement[] {SOCKET_READ, APP});
    seen.stacks.put(old, new StackTraceElement[] {plain, APP});
    seen.stacks.put(secured, new StackTraceElement[] {SOCKET_READ, tls, APP});
    EarlierStreams earlier = earlier();
    seen.used.incrementAndGet();

    assertThat(linesOf(earlier, A_LIMIT + 1))
        .singleElement()
        .asString()
        .endsWith("thread \"standing\"");
  }

  @Test
  void saysNothingOfThreadsThatReadAsLongAsTheyLive() throws Exception {
    StackTraceElement rmi = frame("sun.rmi.transport.tcp.TCPTransport", "handleMessages");
    StackTraceElement connection = frame("okhttp3.internal.http2.Http2Reader", "nextFrame");
    seen.stacks.put(thread, new StackTraceElement[] {SOCKET_READ, rmi});
    seen.stacks.put(new Thread("h2"), new StackTraceElement[] {SOCKET_READ, connection});

    assertThat(linesOf(earlier(), A_LIMIT)).isEmpty();
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

  private EarlierStreams earlier() {
    return EarlierStreams.of(rig.engine, seen);
  }

  private static List<String> linesOf(EarlierStreams earlier, int looks) throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < looks; i++) {
      lines.addAll(earlier.lines());
    }
    return lines;
  }

  private static StackTraceElement[] onWorker(StackTraceElement... inner) {
    List<StackTraceElement> stack = new ArrayList<>(List.of(inner));
    stack.add(frame("java.util.concurrent.ThreadPoolExecutor", "runWorker"));
    stack.add(frame("java.lang.Thread", "run"));
    return stack.toArray(new StackTraceElement[0]);
  }

  private static StackTraceElement frame(String type, String method) {
    return new StackTraceElement(type, method, "X.java", 1);
  }

  /** Threads that stand where the test says. */
  private static final class Seen implements ThreadLook {
    final AtomicLong used = new AtomicLong(5);
    final Map<Thread, StackTraceElement[]> stacks = new HashMap<>();
    final Set<Thread> guarded = new HashSet<>();

    /** That takes some time of the processor. */
    void moveTo(Thread thread, StackTraceElement... stack) {
      used.incrementAndGet();
      stacks.put(thread, stack);
    }

    @Override
    public Map<Thread, StackTraceElement[]> stacks() {
      return new HashMap<>(stacks);
    }

    @Override
    public StackTraceElement[] stackOf(Thread thread) {
      return stacks.getOrDefault(thread, new StackTraceElement[0]);
    }

    @Override
    public long usedNanos(Thread thread) {
      return used.get();
    }

    @Override
    public Set<Thread> guarded() {
      return guarded;
    }
  }
}

package io.stallguard.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SwallowerTest {
  private static final String READER = "java.io.BufferedReader";
  private static final String SCANNER = "java.util.Scanner";
  private static final String CHUNKS = "org.glassfish.jersey.client.ChunkedInput";
  private static final String COHERE = "com.cohere.api.core.Stream$SSEIterator";

  @Test
  void whoeverHandlesFailuresGetsThemAsTheyAre() {
    SocketTimeoutException failure = at(READER, "org.example.App", "java.util.ScannerLike$1");

    assertThat(Swallower.passing(failure)).isSameAs(failure);
    assertThat(Swallower.passing(new SocketTimeoutException("here"))).hasMessage("here");
  }

  @Test
  void aScannerIsPassedUnchecked() {
    SocketTimeoutException failure = at(READER, SCANNER, "org.example.App");

    assertThat(Swallower.passing(failure))
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasMessage("silent")
        .hasCause(failure);
  }

  /** Jersey's {@code EventInput} inherits the read, and a frame names who declares it. */
  @Test
  void chunksOfJerseyArePassedUnchecked() {
    SocketTimeoutException failure = at(READER, CHUNKS, "org.example.App");

    assertThat(Swallower.passing(failure))
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasCause(failure);
  }

  @Test
  void thePeekOfHttpClient3IsPassedUncheckedAndItsOtherReadsAreNot() {
    String connection = "org.apache.commons.httpclient.HttpConnection";
    SocketTimeoutException failure = new SocketTimeoutException("silent");
    failure.setStackTrace(new StackTraceElement[] {frame(connection, "isResponseAvailable")});
    SocketTimeoutException other = at(connection);

    assertThat(Swallower.passing(failure)).isExactlyInstanceOf(UncheckedIOException.class);
    assertThat(Swallower.passing(other)).isSameAs(other);
  }

  @Test
  void eventsOfCohereArePassedByAnError() {
    SocketTimeoutException failure = at(READER, SCANNER, COHERE, "org.example.App");

    assertThat(Swallower.passing(failure)).isExactlyInstanceOf(IOError.class).hasCause(failure);
  }

  @Test
  void eventsOfOthersThatFernGeneratesToo() {
    SocketTimeoutException failure = at(SCANNER, "org.example.core.Stream$SSEIterator");

    assertThat(Swallower.passing(failure)).isExactlyInstanceOf(IOError.class);
  }

  /** Anything unchecked would be its last. */
  @Test
  void anEventSourceOfJerseyGoesOnAskingAgain() {
    String now = "org.glassfish.jersey.media.sse.internal.EventProcessor";
    String once = "org.glassfish.jersey.media.sse.EventSource$EventProcessor";

    for (String source : new String[] {now, once}) {
      SocketTimeoutException failure = at(CHUNKS, source);
      assertThat(Swallower.passing(failure)).isSameAs(failure);
    }
  }

  @Test
  void aRealScannerShowsItAndCanBeClosed() {
    Failing body = new Failing();
    InputStreamReader reader =
        new InputStreamReader(new BufferedInputStream(body), StandardCharsets.UTF_8);
    Scanner scanner = new Scanner(new BufferedReader(reader));

    assertThat(scanner.nextLine()).isEqualTo("data: 1");
    assertThatThrownBy(scanner::hasNextLine)
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasCauseExactlyInstanceOf(SocketTimeoutException.class);
    // What it does then is its own matter, as long as it shows no end.
    assertThatThrownBy(scanner::hasNextLine).isInstanceOf(RuntimeException.class);
    scanner.close();
    assertThat(body.closed).isTrue();
  }

  private static SocketTimeoutException at(String... types) {
    SocketTimeoutException failure = new SocketTimeoutException("silent");
    failure.setStackTrace(
        Stream.of(types).map(type -> frame(type, "read")).toArray(StackTraceElement[]::new));
    return failure;
  }

  private static StackTraceElement frame(String type, String method) {
    return new StackTraceElement(type, method, "Source.java", 1);
  }

  /** A line, then a failure that its reader would swallow. */
  private static final class Failing extends InputStream {
    private static final byte[] LINE = "data: 1\n".getBytes(StandardCharsets.UTF_8);

    boolean closed;
    private int next;

    @Override
    public int read() throws IOException {
      return next < LINE.length ? LINE[next++] : raise();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      bytes[offset] = (byte) read();
      return 1;
    }

    private static int raise() throws IOException {
      Throwable passing = Swallower.passing(new SocketTimeoutException("silent"));
      if (passing instanceof UncheckedIOException) {
        throw (UncheckedIOException) passing;
      }
      throw (IOException) passing;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}

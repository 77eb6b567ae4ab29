package io.stallguard.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.Rig;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Inside;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Exchanges;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StallReportTest {
  private static final String URL = "https://user:secret@api.example.com/v1/messages?key=secret";

  private final Rig rig = new Rig("idle=1s");

  @Test
  void tellsTheTimelineOfAnAsynchronousStreamThatWasReleased() {
    Guard guard = open("text/event-stream; charset=utf-8", new InetSocketAddress("1.2.3.4", 443));
    rig.run(Duration.ofMillis(500));
    guard.requested();
    guard.arrived(5);
    rig.run(Duration.ofMillis(250));
    guard.requested();
    guard.arrived(7);
    guard.requested();
    rig.run(Duration.ofMillis(1020));
    guard.stallException(null);

    rig.run(Duration.ofMillis(20));

    String head =
        "idle limit of 1 s exceeded: no byte for 1.02 s;"
            + " POST https://api.example.com/v1/messages, HTTP/1.1 200;"
            + " 12 bytes received in 2 reads, the last 1.02 s ago; partial content delivered";
    assertThat(rig.log)
        .containsExactly(
            String.join(
                "\n[stallguard]   ",
                "stream stalled, aborted: " + head,
                "client okhttp, content type text/event-stream; charset=utf-8,"
                    + " watched as server-sent events, remote address 1.2.3.4:443, stream 1, phase body",
                "         0 s  response head received, " + opened(guard),
                "       0.5 s  first byte",
                "      0.75 s  12 bytes so far, then silence; the longest before it was 0 s",
                "      1.77 s  idle limit exceeded: idle=1 s (agent argument)",
                "      1.77 s  decided: aborted",
                "      1.77 s  reader released 0 s after the decision",
                "partial content delivered",
                "asynchronous consumer"));
  }

  @Test
  void tellsWhichThreadWaitedAndWhere() {
    Guard guard = open("text/event-stream", null);
    guard.awaiting();

    rig.run(Duration.ofMillis(3100));

    assertThat(rig.log)
        .singleElement()
        .asString()
        .contains("\n[stallguard]            0 s  silence: no byte of the body")
        .contains("reader not released yet")
        .contains("\n[stallguard]   nothing delivered: safe to retry\n")
        .contains("waiting thread \"" + Thread.currentThread().getName() + "\"")
        .contains("\n[stallguard]       at java.base/java.lang.Thread.getStackTrace(")
        .doesNotContain("remote address");
  }

  @Test
  void holdsNoSecrets() {
    Guard guard = open("text/event-stream", null);
    guard.awaiting();

    rig.run(Duration.ofMillis(3100));

    assertThat(rig.log).singleElement().asString().doesNotContain("secret", "user", "key=");
  }

  @Test
  void everyLineIsOursWhateverTheServerSent() {
    Guard guard = open("text/event-stream;\n\u001b[31mfake", null);
    Thread reader = new Thread(guard::awaiting, "reader\nfake");
    reader.start();
    join(reader);

    rig.run(Duration.ofMillis(3100));

    String report = rig.log.get(0);
    assertThat(report).contains("content type text/event-stream;??[31mfake", "\"reader?fake\"");
    assertThat(report.lines().skip(1)).allMatch(line -> line.startsWith("[stallguard]   "));
    assertThat(report.replace("\n", "").chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void anEndlessContentTypeIsCut() {
    Guard guard = open("text/event-stream;" + "a".repeat(5000), null);
    guard.requested();

    rig.run(Duration.ofMillis(3100));

    assertThat(rig.log.get(0)).hasSizeLessThan(1000);
  }

  @Test
  void aMissingContentTypeIsSaid() {
    Rig all = new Rig("idle=1s,content-types=*");
    Guard guard = all.engine.open(Exchanges.of("POST", "http://h/", null), all.abort);
    guard.requested();

    all.run(Duration.ofMillis(3100));

    assertThat(all.log)
        .singleElement()
        .asString()
        .contains(
            "client okhttp, content type none, watched as bytes only, stream 1, phase first-byte\n");
  }

  private Guard open(String contentType, @Nullable InetSocketAddress peer) {
    Exchange exchange =
        Exchange.of("okhttp")
            .request("POST", URI.create(URL))
            .response("HTTP/1.1", 200, contentType)
            .peer(peer)
            .build();
    rig.tick();
    return rig.engine.open(exchange, rig.abort);
  }

  private static Instant opened(Guard guard) {
    return Inside.opened(guard);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

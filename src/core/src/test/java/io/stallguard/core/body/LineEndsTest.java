package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineEndsTest {
  /** The narrow one is what JDK 8 has. */
  static Stream<LineSearch> searches() {
    LineEnds.next(new byte[0], 0, 0);
    return Stream.of(new NarrowLineSearch(), LineSearch.wide);
  }

  @Test
  void takesEightBytesAtOnceWhereTheJvmCan() {
    assertThat(searches().map(search -> search.getClass().getSimpleName()))
        .containsExactly("NarrowLineSearch", "WideLineSearch");
  }

  @ParameterizedTest
  @MethodSource("searches")
  void findsLineEndsAtEveryPlace(LineSearch search) {
    for (int length = 0; length < 40; length++) {
      for (int at = 0; at < length; at++) {
        for (byte end : new byte[] {'\n', '\r'}) {
          byte[] bytes = "\t\u00e9xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".getBytes(UTF_8);
          bytes[at] = end;
          assertThat(search.next(bytes, 0, length)).isEqualTo(at);
          assertThat(search.next(bytes, at, length)).isEqualTo(at);
          assertThat(search.next(bytes, at + 1, length)).isEqualTo(length);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("searches")
  void findsWhatALookAtEachByteFinds(LineSearch search) {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(50)];
      random.nextBytes(bytes);
      // Else nearly all are beyond those that matter.
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = random.nextInt(4) == 0 ? (byte) (8 + random.nextInt(8)) : bytes[i];
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);

      assertThat(search.next(bytes, from, to)).isEqualTo(LineSearch.byByte(bytes, from, to));
    }
  }

  @ParameterizedTest
  @MethodSource("searches")
  void findsTheQuotationMarksThatALookAtEachByteFinds(LineSearch search) {
    Random random = new Random(11);
    byte[] near = {'"', '\\', '!', '#', '[', ']', 0, 9, 10, 13, 14, (byte) 0xA2, (byte) 0xDC};
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(50)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = random.nextInt(4) == 0 ? near[random.nextInt(near.length)] : (byte) 'x';
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);

      assertThat(search.nextQuote(bytes, from, to))
          .isEqualTo(LineSearch.quoteByByte(bytes, from, to));
      assertThat(search.nextOfString(bytes, from, to))
          .isEqualTo(LineSearch.ofStringByByte(bytes, from, to));
    }
  }

  @ParameterizedTest
  @MethodSource("searches")
  void comparesUpToTheFirstByteThatDiffers(LineSearch search) {
    byte[] bytes = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz".getBytes(UTF_8);
    for (int count = 0; count <= 26; count++) {
      assertThat(search.same(bytes, 0, bytes, 26, count)).isEqualTo(count);
      for (int at = 0; at < count; at++) {
        byte[] others = bytes.clone();
        others[26 + at] = '-';
        assertThat(search.same(bytes, 0, others, 26, count)).isEqualTo(at);
      }
    }
  }
}

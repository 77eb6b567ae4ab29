package io.stallguard.instrumentation.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.HelperReferences;
import io.stallguard.tooling.InstrumentationModule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The list of references is what the helpers use: no less, else a later version breaks the app. */
class NettyReferencesTest {
  private static final List<String> HTTP1_ALONE = List.of("GuardedCodec", "HttpMessages");
  private static final List<String> HTTP2_ALONE =
      List.of("GuardedStreams", "Http2Frames", "PoolPlaces", "Siblings");

  @Test
  void listsExactlyWhatTheHelpersOfHttp1Use() {
    check(new NettyInstrumentation(), HTTP2_ALONE);
  }

  @Test
  void listsExactlyWhatTheHelpersOfHttp2Use() {
    check(new NettyHttp2Instrumentation(), HTTP1_ALONE);
  }

  private static void check(InstrumentationModule module, List<String> others) {
    Set<String> used = HelperReferences.without(others, module.getClass(), "io/netty/");

    assertThat(module.references())
        .as("references() should be%n%s", HelperReferences.source(used))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(used);
  }
}

package io.stallguard.instrumentation.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.HelperReferences;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The list of references is what the helpers use: no less, else a later version breaks the app. */
class ReactorNettyReferencesTest {
  @Test
  void listsExactlyWhatTheHelpersUse() {
    Set<String> used =
        HelperReferences.of(
            ReactorNettyInstrumentation.class, "io/netty/", "reactor/", "org/reactivestreams/");

    assertThat(new ReactorNettyInstrumentation().references())
        .as("references() should be%n%s", HelperReferences.source(used))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(used);
  }
}
